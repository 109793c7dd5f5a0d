package io.penstock.standalone.deploy;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Each selector means the pods of exactly one workload, and a Service leads to a port of theirs.
 */
final class Selectors implements ManifestCheck {
  @Override
  public List<String> problemsIn(Manifests manifests) {
    List<String> problems = new ArrayList<>();
    for (Workload workload : manifests.workloads()) {
      meansOnly(workload, workload.name(), workload.selector(), manifests, problems);
      if (workload.pod().getTopologySpreadConstraints().isEmpty()) {
        problems.add(workload.name() + ": its pods may all stand on one node");
      }
      workload
          .pod()
          .getTopologySpreadConstraints()
          .forEach(
              spread ->
                  meansOnly(
                      workload,
                      workload.name() + " spread",
                      labels(spread.getLabelSelector()),
                      manifests,
                      problems));
      budget(workload, manifests, problems);
    }
    manifests.all(Service.class).forEach(service -> leadsToAPort(service, manifests, problems));
    return problems;
  }

  private static void budget(Workload workload, Manifests manifests, List<String> problems) {
    List<PodDisruptionBudget> budgets =
        manifests
            .all(PodDisruptionBudget.class)
            .filter(budget -> budget.getMetadata().getName().equals(workload.name()))
            .toList();
    if (budgets.isEmpty()) {
      problems.add(workload.name() + ": no PodDisruptionBudget of that name");
    }
    for (PodDisruptionBudget budget : budgets) {
      String who = workload.name() + " budget";
      meansOnly(workload, who, labels(budget.getSpec().getSelector()), manifests, problems);
      if (budget.getSpec().getMaxUnavailable() == null) {
        // minAvailable keeps nodes from being drained as soon as there is one pod only.
        problems.add(who + ": says no maxUnavailable");
      }
    }
  }

  private static Map<String, String> labels(LabelSelector selector) {
    return selector == null || selector.getMatchLabels() == null
        ? Map.of()
        : selector.getMatchLabels();
  }

  private static void leadsToAPort(Service service, Manifests manifests, List<String> problems) {
    String name = service.getMetadata().getName();
    List<Workload> found = selected(service.getSpec().getSelector(), manifests);
    if (found.size() != 1) {
      problems.add("Service " + name + " selects " + names(found));
      return;
    }
    List<String> ports =
        found.getFirst().container().getPorts().stream().map(ContainerPort::getName).toList();
    service.getSpec().getPorts().stream()
        .map(port -> port.getTargetPort().getStrVal())
        .filter(target -> !ports.contains(target))
        .forEach(
            target -> problems.add("Service " + name + ": no port " + target + " in the pods"));
  }

  private static void meansOnly(
      Workload workload,
      String who,
      Map<String, String> selector,
      Manifests manifests,
      List<String> problems) {
    List<Workload> found = selected(selector, manifests);
    if (!found.equals(List.of(workload))) {
      problems.add(who + ": selects " + names(found) + " by " + selector);
    }
  }

  /** An empty selector means all. */
  private static List<Workload> selected(Map<String, String> selector, Manifests manifests) {
    return manifests.workloads().stream()
        .filter(workload -> workload.podLabels().entrySet().containsAll(selector.entrySet()))
        .toList();
  }

  private static List<String> names(List<Workload> workloads) {
    return workloads.stream().map(Workload::name).toList();
  }
}
