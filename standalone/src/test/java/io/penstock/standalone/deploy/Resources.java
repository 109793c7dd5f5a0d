package io.penstock.standalone.deploy;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every pod says what it needs, in quantities that can be read. */
final class Resources implements ManifestCheck {
  private static final BigDecimal LEAST_MEMORY = BigDecimal.valueOf(512L << 20);

  @Override
  public List<String> problemsIn(Manifests manifests) {
    List<String> problems = new ArrayList<>();
    for (Workload workload : manifests.workloads()) {
      quantities(workload).flatMap(Resources::unreadable).forEach(problems::add);
      // What cannot be read cannot be compared.
      if (problems.isEmpty()) {
        requirements(workload, problems);
      }
    }
    manifests
        .all(StatefulSet.class)
        .flatMap(set -> set.getSpec().getVolumeClaimTemplates().stream())
        .flatMap(claim -> claim.getSpec().getResources().getRequests().values().stream())
        .flatMap(Resources::unreadable)
        .forEach(problems::add);
    return problems;
  }

  private static void requirements(Workload workload, List<String> problems) {
    ResourceRequirements resources = workload.container().getResources();
    Quantity cpu = resources.getRequests().get("cpu");
    Quantity memory = resources.getRequests().get("memory");
    if (cpu == null || memory == null || bytes(memory).compareTo(LEAST_MEMORY) < 0) {
      problems.add(workload.name() + ": asks for too little to start: " + resources.getRequests());
    }
    // The heap is a share of the limit; a node that cannot keep the promise kills the pod.
    if (!String.valueOf(resources.getLimits().get("memory")).equals(String.valueOf(memory))) {
      problems.add(workload.name() + ": memory limit and request differ");
    }
  }

  private static Stream<Quantity> quantities(Workload workload) {
    ResourceRequirements resources = workload.container().getResources();
    if (resources == null) {
      return Stream.empty();
    }
    return Stream.concat(
        Stream.of(resources.getRequests(), resources.getLimits())
            .map(Map::values)
            .flatMap(values -> values.stream()),
        workload.pod().getVolumes().stream()
            .flatMap(volume -> Stream.ofNullable(volume.getEmptyDir()))
            .flatMap(folder -> Stream.ofNullable(folder.getSizeLimit())));
  }

  private static Stream<String> unreadable(Quantity quantity) {
    try {
      return bytes(quantity).signum() > 0 ? Stream.empty() : Stream.of(quantity + " is nothing");
    } catch (IllegalArgumentException e) {
      return Stream.of("'" + quantity + "' is no quantity");
    }
  }

  private static BigDecimal bytes(Quantity quantity) {
    return Quantity.getAmountInBytes(quantity);
  }
}
