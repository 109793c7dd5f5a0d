package io.penstock.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.standalone.deploy.StrictKubernetes.MistakeException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A check that never fails is none: each of these mistakes is found. */
class MistakesInManifestsTest {

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      maxCharsPerColumn = 1000,
      textBlock =
          """
      # what is replaced                      | by                                      | what is said
      automountServiceAccountToken: false     | automountServiceAcountToken: false      | automountServiceAcountToken
      replicas: 2                             | replicas: "2"                           | replicas
      PENSTOCK_KAFKA_PARTITIONS: "24"         | PENSTOCK_KAFKA_PARTITIONS: 24           | PENSTOCK_KAFKA_PARTITIONS
      kind: StatefulSet                       | kind: DaemonSet                         | no check knows the type 'apps/v1 DaemonSet'
      apiVersion: policy/v1                   | apiVersion: policy/v1beta1              | policy/v1beta1
      memory: 1Gi                             | memory: 1Gib                            | is no quantity
      cpu: 500m                               | gpu: 1                                  | asks for too little
      name: http                              | name: web                               | no port http in the pods
      containerPort: 8080                     | containerPort: 9090                     | the service listens on 8080
      path: /q/health/ready                   | path: /health/ready                     | readiness: asks /health/ready
      timeoutSeconds: 4                       | timeoutSeconds: 2                       | gives up while the check itself still waits
      penstock.io/step-kind: llm              | penstock.io/step-kind: route            | selects
      app.kubernetes.io/name: console         | app.kubernetes.io/name: ingest-service  | selects
      serviceName: orchestrator               | serviceName: elsewhere                  | no headless Service elsewhere
      clusterIP: None                         | clusterIP: 10.0.0.1                     | no headless Service orchestrator
      name: penstock-database                 | name: another-database                  | another-database
      key: password                           | key: secret                             | ^`penstock-database` | `secret`^
      value: llm                              | value: enrich                           | the kinds of step are
      value: llm                              | value: chat                             | the kinds of step are
      name: PENSTOCK_WORKER_DRAIN             | name: PENSTOCK_WORKER_DRAINS            | PENSTOCK_WORKER_DRAINS is no key
      name: PENSTOCK_WORKER_DRAIN             | name: PENSTOCK_CONSOLE_GATHER           | PENSTOCK_CONSOLE_GATHER is no key
      QUARKUS_HTTP_HOST                       | QUARKUS_HTTP_HOSTS                      | QUARKUS_HTTP_HOSTS is no key
      KAFKA_BOOTSTRAP_SERVERS                 | KAFKA_PORT                              | no KAFKA_BOOTSTRAP_SERVERS
      PENSTOCK_KAFKA_REPLICATION              | PENSTOCK_INGEST_OPEN_TO_NETWORK         | opens to the network
      terminationGracePeriodSeconds: 180      | terminationGracePeriodSeconds: 160      | killed after 160 s
      terminationGracePeriodSeconds: 180      | terminationGracePeriodSecond: 180       | terminationGracePeriodSecond
      value: 150s                             | value: 110s                             | drains 110 s, a call may take 120 s
      value: 15S                              | value: 5S                               | ends while Kafka may still acknowledge
      seconds: 5                              | seconds: 0                              | stops to listen
      runAsNonRoot: true                      | runAsNonRoot: false                     | may run as root
      runAsUser: 10001                        | runAsUser: 1000                         | another user than its image
      readOnlyRootFilesystem: true            | readOnlyRootFilesystem: false           | may write to its own program
      allowPrivilegeEscalation: false         | allowPrivilegeEscalation: true          | may gain privileges
      type: RuntimeDefault                    | type: Unconfined                        | no seccomp profile
      - ALL                                   | - CHOWN                                 | keeps capabilities
      enableServiceLinks: false               | enableServiceLinks: true                | variables like KAFKA_PORT
      mountPath: /tmp                         | mountPath: /temp                        | nowhere to write
      value: /var/lib/penstock/state          | value: /tmp/state                       | not on a volume that stays
      value: "1"                              | value: "2"                              | need more than 2 pods
      image: penstock/console:                | image: penstock/konsole:                | image penstock/konsole
      image: penstock/step-workers:0          | image: penstock/step-workers:9          | image penstock/step-workers:9
      maxUnavailable: 1                       | minAvailable: 1                         | says no maxUnavailable
      whenUnsatisfiable: DoNotSchedule        | whenUnsatisfiable: DoNotSchedul         | 'DoNotSchedul' is none of
      """)
  void a_mistake_is_noticed(String right, String wrong, String said) {
    String yaml = Rendering.of("base");
    assertThat(yaml).as("the base has it").contains(right);

    assertThat(problemsOf(yaml.replace(right, wrong))).anyMatch(problem -> problem.contains(said));
  }

  @Test
  void a_volume_that_only_one_side_knows_is_noticed() {
    // The first is where it is mounted.
    String yaml = Rendering.of("base").replaceFirst("name: tmp", "name: temp");

    assertThat(problemsOf(yaml)).anyMatch(problem -> problem.endsWith("no volume temp"));
    assertThat(problemsOf(yaml)).anyMatch(problem -> problem.endsWith("nobody mounts volume tmp"));
  }

  private static List<String> problemsOf(String yaml) {
    try {
      Manifests manifests = Manifests.read(yaml);
      List<String> problems = new ArrayList<>();
      ManifestCheck.ALL.forEach(check -> problems.addAll(check.problemsIn(manifests)));
      return problems;
    } catch (MistakeException e) {
      return List.of(e.getMessage());
    }
  }
}
