package io.penstock.standalone.deploy;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Texts of which the API knows a few only, and the library's types any. */
final class ApiWords implements ManifestCheck {
  @Override
  public List<String> problemsIn(Manifests manifests) {
    List<String> problems = new ArrayList<>();
    for (Workload workload : manifests.workloads()) {
      workload
          .pod()
          .getTopologySpreadConstraints()
          .forEach(
              spread -> {
                oneOf(
                    spread.getWhenUnsatisfiable(),
                    Set.of("DoNotSchedule", "ScheduleAnyway"),
                    problems);
                oneOf(
                    spread.getTopologyKey(),
                    Set.of("kubernetes.io/hostname", "topology.kubernetes.io/zone"),
                    problems);
              });
      String change = workload.pod().getSecurityContext().getFsGroupChangePolicy();
      if (change != null) {
        oneOf(change, Set.of("OnRootMismatch", "Always"), problems);
      }
    }
    manifests
        .all(StatefulSet.class)
        .forEach(
            set -> {
              oneOf(
                  set.getSpec().getPodManagementPolicy(),
                  Set.of("Parallel", "OrderedReady"),
                  problems);
              set.getSpec().getVolumeClaimTemplates().stream()
                  .flatMap(claim -> claim.getSpec().getAccessModes().stream())
                  .forEach(
                      mode -> oneOf(mode, Set.of("ReadWriteOnce", "ReadWriteOncePod"), problems));
            });
    manifests
        .all(PodDisruptionBudget.class)
        .forEach(
            budget ->
                oneOf(
                    budget.getSpec().getUnhealthyPodEvictionPolicy(),
                    Set.of("AlwaysAllow", "IfHealthyBudget"),
                    problems));
    return problems;
  }

  private static void oneOf(String word, Set<String> known, List<String> problems) {
    if (!known.contains(String.valueOf(word))) {
      problems.add("'%s' is none of %s".formatted(word, known));
    }
  }
}
