package io.penstock.standalone.deploy;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Each pod is asked at the port on which its service listens, and at the right address. */
final class Probes implements ManifestCheck {
  private static final String LIVE = "/q/health/live";
  private static final String READY = "/q/health/ready";

  @Override
  public List<String> problemsIn(Manifests manifests) {
    List<String> problems = new ArrayList<>();
    for (Workload workload : manifests.workloads()) {
      String listens = workload.environment(manifests).get("QUARKUS_HTTP_PORT");
      check(workload, "startup", workload.container().getStartupProbe(), LIVE, listens, problems);
      check(workload, "liveness", workload.container().getLivenessProbe(), LIVE, listens, problems);
      check(
          workload,
          "readiness",
          workload.container().getReadinessProbe(),
          READY,
          listens,
          problems);
    }
    return problems;
  }

  private static void check(
      Workload workload,
      String which,
      Probe probe,
      String path,
      String listens,
      List<String> problems) {
    String who = workload.name() + " " + which;
    if (probe == null || probe.getHttpGet() == null) {
      problems.add(who + ": no probe");
      return;
    }
    if (!path.equals(probe.getHttpGet().getPath())) {
      problems.add(who + ": asks " + probe.getHttpGet().getPath());
    }
    String port = port(workload, probe.getHttpGet().getPort().getStrVal());
    if (!port.equals(listens)) {
      problems.add("%s: asks port %s, the service listens on %s".formatted(who, port, listens));
    }
    Map<String, Integer> least = Map.of("ingest-service", 2, "console", 5);
    int checkTakes = least.getOrDefault(workload.service(), 1);
    if (which.equals("readiness") && probe.getTimeoutSeconds() <= checkTakes) {
      problems.add(who + ": gives up while the check itself still waits");
    }
  }

  private static String port(Workload workload, String name) {
    return workload.container().getPorts().stream()
        .filter(port -> port.getName().equals(name))
        .map(ContainerPort::getContainerPort)
        .map(String::valueOf)
        .findFirst()
        .orElse("none called " + name);
  }
}
