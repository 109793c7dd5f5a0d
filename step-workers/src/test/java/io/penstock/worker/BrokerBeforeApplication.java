package io.penstock.worker;

import io.penstock.worker.runtime.WorkerWorld;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

/** A broker that is there when the application starts. */
public final class BrokerBeforeApplication implements QuarkusTestResourceLifecycleManager {
  private WorkerWorld world;

  @Override
  public Map<String, String> start() {
    try {
      world = WorkerWorld.start(Files.createTempDirectory("penstock-worker-test"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of("kafka.bootstrap.servers", world.bootstrapServers());
  }

  @Override
  public void stop() {
    world.close();
  }
}
