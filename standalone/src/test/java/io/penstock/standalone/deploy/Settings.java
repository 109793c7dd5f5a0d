package io.penstock.standalone.deploy;

import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every variable is a key that the service reads (in the environment an unknown one is passed over
 * in silence), and the values fit each other.
 */
final class Settings implements ManifestCheck {
  private static final List<String> NEEDED =
      List.of(
          "KAFKA_BOOTSTRAP_SERVERS",
          "PENSTOCK_KAFKA_PARTITIONS",
          "PENSTOCK_KAFKA_REPLICATION",
          "QUARKUS_HTTP_HOST",
          "QUARKUS_HTTP_PORT");
  private static final String LOG_LEVEL = "QUARKUS_LOG_CATEGORY__[A-Z0-9_]+__LEVEL";

  @Override
  public List<String> problemsIn(Manifests manifests) {
    List<String> problems = new ArrayList<>();
    for (Workload workload : manifests.workloads()) {
      Map<String, String> environment = workload.environment(manifests);
      for (String variable : environment.keySet()) {
        if (!OperationsKeys.isKeyOf(workload.service(), variable) && !variable.matches(LOG_LEVEL)) {
          problems.add("%s: %s is no key of its".formatted(workload.name(), variable));
        }
        if (variable.endsWith("_OPEN_TO_NETWORK")) {
          problems.add(workload.name() + ": opens to the network what has no authentication");
        }
      }
      NEEDED.stream()
          .filter(variable -> !environment.containsKey(variable))
          .forEach(variable -> problems.add(workload.name() + ": no " + variable));
      standby(workload, environment, problems);
      secrets(workload, environment, problems);
    }
    return problems;
  }

  private static void standby(
      Workload workload, Map<String, String> environment, List<String> problems) {
    if (!workload.service().equals("orchestrator")) {
      return;
    }
    int copies = Integer.parseInt(environment.get("PENSTOCK_ORCHESTRATOR_STANDBY_REPLICAS"));
    if (copies >= workload.replicas()) {
      problems.add(
          "orchestrator: %d standby replicas need more than %d pods"
              .formatted(copies, workload.replicas()));
    }
    String state = environment.get("PENSTOCK_ORCHESTRATOR_STATE_DIR");
    if (workload.container().getVolumeMounts().stream()
        .filter(mount -> workload.claims().contains(mount.getName()))
        .noneMatch(mount -> state.startsWith(mount.getMountPath() + "/"))) {
      problems.add("orchestrator: its state is not on a volume that stays: " + state);
    }
  }

  /** {@code secret://crm/webhook} is the file {@code crm/webhook} below the folder. */
  private static void secrets(
      Workload workload, Map<String, String> environment, List<String> problems) {
    Set<String> secrets =
        workload.pod().getVolumes().stream()
            .filter(volume -> volume.getSecret() != null)
            .map(Volume::getName)
            .collect(Collectors.toSet());
    for (VolumeMount mount : workload.container().getVolumeMounts()) {
      String folder = environment.get("PENSTOCK_SECRETS_DIRECTORY") + "/";
      if (secrets.contains(mount.getName()) && !mount.getMountPath().startsWith(folder)) {
        problems.add(
            "%s: secret mounted at %s, read from %s"
                .formatted(workload.name(), mount.getMountPath(), folder));
      }
    }
  }
}
