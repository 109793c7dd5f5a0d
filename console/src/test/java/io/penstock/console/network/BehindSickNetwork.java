package io.penstock.console.network;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;

/** The servers of this test are nobody else's, and the only ones that the console knows. */
public final class BehindSickNetwork implements QuarkusTestProfile {
  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(new TestResourceEntry(SickServers.class));
  }

  @Override
  public boolean disableGlobalTestResources() {
    return true;
  }
}
