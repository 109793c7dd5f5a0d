package io.penstock.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.standalone.deploy.StrictKubernetes.MistakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cluster is given: the base and the overlays, rendered. */
class RenderedManifestsTest {

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
  void nothing_is_wrong_with(String folder) throws MistakeException {
    Manifests manifests = Manifests.read(Rendering.of(folder));

    for (ManifestCheck check : ManifestCheck.ALL) {
      assertThat(check.problemsIn(manifests)).as(check.getClass().getSimpleName()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/prod"})
  void a_lost_broker_and_a_lost_node_are_survived_with(String folder) throws MistakeException {
    Manifests manifests = Manifests.read(Rendering.of(folder));

    for (Workload workload : manifests.workloads()) {
      var environment = workload.environment(manifests);
      assertThat(workload.replicas()).as(workload.name()).isGreaterThanOrEqualTo(2);
      assertThat(Integer.parseInt(environment.get("PENSTOCK_KAFKA_PARTITIONS")))
          .isGreaterThanOrEqualTo(24);
      assertThat(Integer.parseInt(environment.get("PENSTOCK_KAFKA_REPLICATION"))).isEqualTo(3);
    }
  }

  /** Overlays choose and patch. */
  @ParameterizedTest
  @ValueSource(strings = {"overlays/dev", "overlays/prod"})
  void no_object_is_added_by(String folder) throws MistakeException {
    assertThat(names(folder)).isEqualTo(names("base"));
  }

  @Test
  void every_overlay_is_checked_here() throws Exception {
    try (Stream<Path> overlays = Files.list(DeployFolder.KUBERNETES.resolve("overlays"))) {
      assertThat(overlays.map(folder -> folder.getFileName().toString()).sorted())
          .containsExactly("dev", "prod");
    }
  }

  private static List<String> names(String folder) throws MistakeException {
    return Manifests.read(Rendering.of(folder)).objects().stream()
        .map(object -> object.getKind() + " " + object.getMetadata().getName())
        // The end of a generated ConfigMap's name comes from its content.
        .map(name -> name.replaceFirst("^(ConfigMap .*)-[a-z0-9]{10}$", "$1"))
        .sorted(Comparator.naturalOrder())
        .toList();
  }
}
