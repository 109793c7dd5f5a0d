package io.penstock.ingest;

import io.penstock.embedded.EmbeddedKafka;
import io.penstock.sicknetwork.SickProxy;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

/** A broker that ingest reaches by a proxy, and the test straight. */
public final class SickWayToBroker implements QuarkusTestResourceLifecycleManager {
  private SickProxy proxy;
  private EmbeddedKafka kafka;

  @Override
  public Map<String, String> start() {
    try {
      proxy = SickProxy.start();
      kafka =
          EmbeddedKafka.startWithDetour(
              Files.createTempDirectory("penstock-ingest-network"), 0, proxy.port());
      proxy.target(kafka.portBehindDetour());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of("kafka.bootstrap.servers", "127.0.0.1:" + proxy.port());
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(this, new TestInjector.MatchesType(SickWayToBroker.class));
  }

  SickProxy proxy() {
    return proxy;
  }

  String straight() {
    return kafka.bootstrapServers();
  }

  @Override
  public void stop() {
    proxy.close();
    kafka.close();
  }
}
