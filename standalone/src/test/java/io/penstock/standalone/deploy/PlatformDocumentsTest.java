package io.penstock.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.ConsumerGroup;
import io.penstock.schema.Topic;
import io.penstock.schema.message.StepKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code deploy/k8s/README.md} says of the code. */
class PlatformDocumentsTest {
  private static final Pattern TOPIC = Pattern.compile("`((?:dlq\\.)?penstock\\.[a-z.]+)`");
  private static final Pattern SECRET = Pattern.compile("secret://([\\w-]+)/([\\w-]+)");

  @Test
  void the_topics_are_those_of_the_code() {
    TreeSet<String> expected = new TreeSet<>();
    for (Topic topic : Topic.values()) {
      expected.add(topic.topicName());
      if (topic != Topic.DEFINITIONS) {
        expected.add(topic.deadLetterTopicName());
      }
    }
    String section =
        DeployFolder.README.substring(
            DeployFolder.README.indexOf("### Topics"), DeployFolder.README.indexOf("### Brokers"));

    assertThat(TOPIC.matcher(section).results().map(found -> found.group(1)).distinct().sorted())
        .containsExactlyElementsOf(expected);
  }

  @Test
  void the_groups_are_those_of_the_code() {
    assertThat(DeployFolder.README)
        .contains(
            "`" + ConsumerGroup.ORCHESTRATOR + "`", "`" + ConsumerGroup.CONSOLE_PROJECTION + "`");
    for (StepKind kind : StepKind.values()) {
      assertThat(DeployFolder.README).contains("`" + ConsumerGroup.workers(kind) + "`");
    }
  }

  /** The probes ask where the framework answers unless somebody moves it. */
  @Test
  void no_module_moves_the_health_checks() {
    assertThat(
            List.of(
                "quarkus.http.root-path",
                "quarkus.http.non-application-root-path",
                "quarkus.smallrye-health.root-path",
                "quarkus.management.enabled"))
        .noneMatch(OperationsKeys::isDocumented);
  }

  @Test
  void prod_mounts_every_secret_of_the_template_where_it_is_used_and_says_so() throws Exception {
    List<Path> files = yaml(DeployFolder.ROOT.resolve("workflows/lead-qualification"));
    Map<String, String> mountedIn = new TreeMap<>();
    for (Workload workload : Manifests.read(Rendering.of("overlays/prod")).workloads()) {
      workload.pod().getVolumes().stream()
          .flatMap(volume -> Stream.ofNullable(volume.getSecret()))
          .forEach(secret -> mountedIn.put(secret.getSecretName(), workload.name()));
    }

    for (Path file : files) {
      boolean ofSources = file.endsWith("source.yaml");
      for (MatchResult secret : SECRET.matcher(DeployFolder.text(file)).results().toList()) {
        String where = mountedIn.getOrDefault(secret.group(1), "nowhere");
        assertThat(where).startsWith(ofSources ? "ingest-service" : "step-workers-");
        assertThat(DeployFolder.README)
            .contains("| `%s` | `%s` | %s |".formatted(secret.group(1), secret.group(2), where));
      }
    }
  }

  private static List<Path> yaml(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).toList();
    }
  }
}
