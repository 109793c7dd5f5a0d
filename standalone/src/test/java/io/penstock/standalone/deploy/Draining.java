package io.penstock.standalone.deploy;

import io.fabric8.kubernetes.api.model.Lifecycle;
import io.penstock.schema.definition.Api;
import io.penstock.schema.definition.Channel;
import io.penstock.schema.definition.Model;
import io.penstock.schema.message.StepKind;
import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nothing is killed while it does what its own settings allow it to finish. */
final class Draining implements ManifestCheck {
  /** What {@code docs/operations.md} asks of the platform's limit, beyond a worker's drain. */
  private static final Duration MARGIN = Duration.ofSeconds(20);

  @Override
  public List<String> problemsIn(Manifests manifests) {
    List<String> problems = new ArrayList<>();
    for (Workload workload : manifests.workloads()) {
      Map<String, String> environment = workload.environment(manifests);
      Duration needed =
          beforeTheSignal(workload).plus(stopTakes(workload.service(), environment)).plus(MARGIN);
      Long grace = workload.pod().getTerminationGracePeriodSeconds();
      if (grace == null || Duration.ofSeconds(grace).compareTo(needed) < 0) {
        problems.add(
            "%s: killed after %s s, its stop may take %s s"
                .formatted(workload.name(), grace, needed.toSeconds()));
      }
      finishesWhatItBegan(workload, environment, problems);
    }
    return problems;
  }

  private static Duration beforeTheSignal(Workload workload) {
    return Optional.ofNullable(workload.container().getLifecycle())
        .map(Lifecycle::getPreStop)
        .map(before -> Duration.ofSeconds(before.getSleep().getSeconds()))
        .orElse(Duration.ZERO);
  }

  private static Duration stopTakes(String service, Map<String, String> environment) {
    return switch (service) {
      case "step-workers" -> setting("penstock.worker.drain", environment);
      case "orchestrator" -> setting("penstock.orchestrator.stop-within", environment);
      default -> setting("quarkus.shutdown.timeout", environment);
    };
  }

  private static void finishesWhatItBegan(
      Workload workload, Map<String, String> environment, List<String> problems) {
    switch (workload.service()) {
      case "step-workers" -> {
        Duration drain = setting("penstock.worker.drain", environment);
        for (StepKind kind : StepKind.values()) {
          if (kind.id().equals(environment.get("PENSTOCK_WORKER_KINDS"))
              && drain.compareTo(usualTimeout(kind)) <= 0) {
            problems.add(
                "%s: drains %s s, a call may take %s s"
                    .formatted(workload.name(), drain.toSeconds(), usualTimeout(kind).toSeconds()));
          }
        }
      }
      case "ingest-service" -> {
        Duration answered = setting("penstock.ingest.delivery-timeout", environment);
        if (setting("quarkus.shutdown.timeout", environment).compareTo(answered) <= 0) {
          problems.add(workload.name() + ": ends while Kafka may still acknowledge");
        }
        behindService(workload, problems);
      }
      case "console" -> behindService(workload, problems);
      default -> {}
    }
  }

  /** Requests go on coming for a moment after a pod is told to end. */
  private static void behindService(Workload workload, List<String> problems) {
    if (beforeTheSignal(workload).isZero()) {
      problems.add(workload.name() + ": stops to listen while requests are still sent to it");
    }
  }

  /** Of definitions that set none of their own. */
  private static Duration usualTimeout(StepKind kind) {
    return switch (kind) {
      case ENRICH -> Api.DEFAULT_TIMEOUT;
      case LLM -> Model.DEFAULT_TIMEOUT;
      case NOTIFY ->
          Api.DEFAULT_TIMEOUT.compareTo(Channel.DEFAULT_TIMEOUT) > 0
              ? Api.DEFAULT_TIMEOUT
              : Channel.DEFAULT_TIMEOUT;
      case ROUTE -> Duration.ZERO;
    };
  }

  private static Duration setting(String key, Map<String, String> environment) {
    String value =
        Optional.ofNullable(environment.get(OperationsKeys.variableOf(key)))
            .or(() -> OperationsKeys.defaultOf(key))
            .orElse("0");
    return DurationConverter.parseDuration(value);
  }
}
