package io.penstock.benchmark.timeline;

import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.EventAccepted;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepRequested;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When each lead passed which moment, in milliseconds of the wall clock. Of what comes twice the
 * first time counts. Not thread-safe.
 */
final class Passages {
  private final Map<String, Map<Moment, Double>> byLead = new HashMap<>();
  private final Map<ExecutionId, String> leads = new HashMap<>();
  private final Map<CommandId, StepKind> commands = new HashMap<>();

  void event(EventAccepted event, double at) {
    event.starts().forEach(start -> leads.put(start.execution(), event.id()));
    passed(event.id(), Moment.EVENT, at);
  }

  void command(StepRequested command, double at) {
    commands.put(command.id(), command.kind());
    passed(command.id().execution(), Moment.commandOf(command.kind()), at);
  }

  void outcome(StepOutcome outcome, double at) {
    Optional.ofNullable(commands.get(outcome.command()))
        .flatMap(Moment::outcomeOf)
        .ifPresent(moment -> passed(outcome.command().execution(), moment, at));
  }

  void history(HistoryRecord history, double at) {
    if (history.status().filter(ExecutionStatus.COMPLETED::equals).isPresent()) {
      passed(history.execution(), Moment.END_IN_HISTORY, at);
    }
  }

  void passed(String lead, Moment moment, double at) {
    byLead.computeIfAbsent(lead, any -> new EnumMap<>(Moment.class)).merge(moment, at, Math::min);
  }

  private void passed(ExecutionId execution, Moment moment, double at) {
    String lead = leads.get(execution);
    if (lead != null) {
      passed(lead, moment, at);
    }
  }

  /** Only the leads that were seen at every moment. */
  Collection<Map<Moment, Double>> complete() {
    List<Map<Moment, Double>> complete = new ArrayList<>();
    for (Map<Moment, Double> passages : byLead.values()) {
      if (passages.size() == Moment.values().length) {
        complete.add(passages);
      }
    }
    return complete;
  }
}
