package io.penstock.standalone.deploy;

import io.penstock.schema.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One Deployment for each topic of commands, which is one for each kind of step, and no other. */
final class WorkerKinds implements ManifestCheck {
  private static final String COMMANDS = "penstock.steps.";
  private static final String LABEL = "penstock.io/step-kind";

  @Override
  public List<String> problemsIn(Manifests manifests) {
    List<String> problems = new ArrayList<>();
    List<String> worked = new ArrayList<>();
    for (Workload workload : manifests.workloads()) {
      if (workload.service().equals("step-workers")) {
        String kind = workload.environment(manifests).get("PENSTOCK_WORKER_KINDS");
        worked.add(kind);
        if (!workload.name().equals("step-workers-" + kind)
            || !String.valueOf(kind).equals(workload.podLabels().get(LABEL))) {
          problems.add(workload.name() + ": works on " + kind + " and is called otherwise");
        }
      }
    }
    List<String> kinds =
        Arrays.stream(Topic.values())
            .map(Topic::topicName)
            .filter(topic -> topic.startsWith(COMMANDS))
            .map(topic -> topic.substring(COMMANDS.length()))
            .sorted()
            .toList();
    if (!worked.stream().map(String::valueOf).sorted().toList().equals(kinds)) {
      problems.add("workers for " + worked + ", the kinds of step are " + kinds);
    }
    return problems;
  }
}
