package io.penstock.simulator.check;

import io.penstock.schema.Topic;
import io.penstock.schema.message.EventAccepted;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.Fact;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What must hold of executions as wholes: how they begin, that they end, and that an end is one.
 */
final class Executions {
  private Executions() {}

  /** Every accepted event has exactly one execution of each workflow that it starts. */
  static void onePerEvent(Evidence evidence, Consumer<String> broken) {
    evidence
        .starts()
        .keySet()
        .forEach(
            execution -> {
              long begun = count(evidence.facts(execution), Fact.ExecutionStarted.class);
              if (begun != 1) {
                broken.accept(execution + " was started " + begun + " times");
              }
            });
    evidence.history().all().keySet().stream()
        .filter(execution -> !evidence.starts().containsKey(execution))
        .filter(execution -> count(evidence.facts(execution), Fact.ExecutionStarted.class) > 0)
        .forEach(execution -> broken.accept(execution + " was started by no event"));
  }

  /** None is lost, none stands still for ever. */
  static void eachEnds(Evidence evidence, Consumer<String> broken) {
    for (ExecutionId execution : evidence.starts().keySet()) {
      Optional<ExecutionStatus> status = evidence.history().status(execution);
      if (status.filter(ExecutionStatus::isEnd).isEmpty()) {
        broken.accept(execution + " is still " + status.map(Enum::name).orElse("unknown"));
      }
    }
    for (int partition = 0; partition < evidence.cluster().log().partitions(); partition++) {
      long end = evidence.cluster().log().end(Topic.INPUTS.topicName(), partition);
      long committed = evidence.cluster().states().get(partition).offset();
      if (committed != end) {
        broken.accept("partition " + partition + " stands at " + committed + " of " + end);
      }
    }
  }

  /** After an end nothing but what was late is decided. */
  static void anEndIsFinal(Evidence evidence, Consumer<String> broken) {
    for (ExecutionId execution : evidence.history().all().keySet()) {
      boolean ended = false;
      for (Fact fact : evidence.facts(execution)) {
        boolean passive =
            fact instanceof Fact.InputIgnored
                || fact instanceof Fact.WakeUpSet
                || fact instanceof Fact.ExecutionForgotten;
        if (ended && !passive) {
          broken.accept(execution + " had ended: " + fact);
        }
        ended |=
            fact instanceof Fact.ExecutionCompleted
                || fact instanceof Fact.ExecutionFailed
                || fact instanceof Fact.ExecutionCancelled
                || fact instanceof Fact.ExecutionCompensated;
      }
    }
  }

  /** One transition for each input and execution, and history in the order of the log. */
  static void historyIsOrdered(Evidence evidence, Consumer<String> broken) {
    evidence
        .history()
        .all()
        .forEach(
            (execution, entries) -> {
              long last = -1;
              for (var entry : entries) {
                long sequence = entry.transition().sequence();
                if (sequence <= last) {
                  broken.accept(execution + " has " + sequence + " after " + last);
                }
                last = sequence;
              }
            });
  }

  /** The version that was stamped at the front door is the one that runs. */
  static void keepTheirVersion(Evidence evidence, Consumer<String> broken) {
    Map<ExecutionId, String> started = new HashMap<>();
    evidence.starts().forEach((execution, start) -> started.put(execution, version(start)));
    for (Evidence.Requested requested : evidence.commands()) {
      String version = requested.command().version();
      String expected = started.get(requested.command().id().execution());
      if (!version.equals(expected)) {
        broken.accept(
            requested.command().id() + " is of version " + version + " instead of " + expected);
      }
    }
    evidence
        .history()
        .all()
        .forEach(
            (execution, entries) -> {
              Set<String> versions = new HashSet<>();
              entries.forEach(entry -> entry.transition().version().ifPresent(versions::add));
              versions.remove(started.get(execution));
              if (!versions.isEmpty()) {
                broken.accept(execution + " also ran as " + versions);
              }
            });
  }

  private static String version(EventAccepted.Start start) {
    return start.version();
  }

  private static long count(List<Fact> facts, Class<? extends Fact> kind) {
    return facts.stream().filter(kind::isInstance).count();
  }
}
