package io.penstock.simulator.check;

import io.penstock.schema.message.EventAccepted;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.simulator.language.GeneratedWorkflow;
import io.penstock.simulator.language.Oracle;
import io.penstock.simulator.world.CommittedHistory;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What an execution did is what its definition says, by an interpreter that knows no failures. */
final class Language {
  private Language() {}

  static void isFollowed(Evidence evidence, Consumer<String> broken) {
    evidence.starts().forEach((execution, start) -> compare(evidence, execution, start, broken));
  }

  private static void compare(
      Evidence evidence,
      ExecutionId execution,
      EventAccepted.Start start,
      Consumer<String> broken) {
    List<Fact> facts = evidence.facts(execution);
    GeneratedWorkflow generated = evidence.workflows().generated(start.workflow(), start.version());
    Optional<Fact.ExecutionStarted> started =
        facts.stream()
            .filter(Fact.ExecutionStarted.class::isInstance)
            .map(Fact.ExecutionStarted.class::cast)
            .findFirst();
    if (started.isEmpty()
        || facts.stream().anyMatch(Language::byHand)
        || (evidence.clockJumped() && isLimitedInTime(generated))) {
      return;
    }
    List<HistoryRecord> history =
        evidence.history().of(execution).stream().map(CommittedHistory.Entry::transition).toList();
    Oracle.expect(generated, execution, started.get().input())
        .differences(history)
        .forEach(difference -> broken.accept(execution + ": " + difference));
  }

  /** How often it tries, and whether it ends in time, depends on the broker's clock then. */
  private static boolean isLimitedInTime(GeneratedWorkflow generated) {
    return generated.workflow().deadline().isPresent() || generated.yaml().contains("duration:");
  }

  /** An operator sent it a way that its definition does not know. */
  private static boolean byHand(Fact fact) {
    return switch (fact) {
      case Fact.CompensationStarted f -> f.by().isPresent();
      case Fact.StepCompensated f -> f.by().isPresent();
      default -> false;
    };
  }
}
