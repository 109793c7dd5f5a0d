package io.penstock.testbroker.away;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;

/** The test's broker must be nobody else's, and the only one that the application knows. */
public class AloneWithKafka implements QuarkusTestProfile {
  private final Class<? extends StoppableKafka> kafka;

  public AloneWithKafka() {
    this(StoppableKafka.class);
  }

  /**
   * @param kafka with what else the application needs
   */
  protected AloneWithKafka(Class<? extends StoppableKafka> kafka) {
    this.kafka = kafka;
  }

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(new TestResourceEntry(kafka));
  }

  @Override
  public boolean disableGlobalTestResources() {
    return true;
  }
}
