package io.penstock.testbroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestKafkaTest {
  @TempDir Path directory;

  /** Of whichever broker was chosen for this run. */
  @Test
  void the_broker_behaves_as_our_services_need_it() throws Exception {
    try (TestKafka kafka = TestKafka.start(directory);
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      var features = admin.describeFeatures().featureMetadata().get().finalizedFeatures();
      assertThat(features.get("transaction.version").maxVersionLevel()).isEqualTo((short) 2);
      assertThat(features.get("share.version").maxVersionLevel()).isEqualTo((short) 1);

      Map<String, String> settings = settings(admin);
      settings.keySet().retainAll(EmbeddedKafka.behaviour().keySet());
      assertThat(settings).isEqualTo(EmbeddedKafka.behaviour());
    }
  }

  @Test
  void an_unknown_choice_is_refused_and_named() {
    assertThatThrownBy(() -> TestKafka.start(directory, "docker"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("-Dpenstock.test.kafka=docker is neither");
  }

  private static Map<String, String> settings(Admin admin) throws Exception {
    String node = admin.describeCluster().nodes().get().iterator().next().idString();
    ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, node);
    Map<String, String> settings = new TreeMap<>();
    for (ConfigEntry entry :
        admin.describeConfigs(List.of(broker)).all().get().get(broker).entries()) {
      settings.put(entry.name(), entry.value());
    }
    return settings;
  }
}
