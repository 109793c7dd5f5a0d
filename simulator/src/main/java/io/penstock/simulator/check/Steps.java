package io.penstock.simulator.check;

import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepPath;
import io.penstock.schema.message.Usage;
import io.penstock.simulator.worker.Call;
import io.penstock.simulator.world.CommittedHistory;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What must hold of steps: their outcomes, their attempts, the calls that are made for them. */
final class Steps {
  private Steps() {}

  /** A step as it is asked for under one {@code Idempotency-Key}. */
  private record Asked(ExecutionId execution, StepPath path, int generation) {
    static Asked of(CommandId id) {
      return new Asked(id.execution(), id.path(), id.generation());
    }
  }

  static void haveOneOutcome(Evidence evidence, Consumer<String> broken) {
    for (ExecutionId execution : evidence.history().all().keySet()) {
      Set<StepPath> completed = new HashSet<>();
      for (Fact fact : evidence.facts(execution)) {
        if (fact instanceof Fact.StepCompleted f && !completed.add(f.path())) {
          broken.accept(execution + "/" + f.path() + " completed twice");
        }
      }
    }
  }

  /** All attempts of a step have one key, and no two steps share one. */
  static void keepTheirKey(Evidence evidence, Consumer<String> broken) {
    Map<Asked, String> keys = new HashMap<>();
    Map<String, Asked> steps = new HashMap<>();
    for (Call call : evidence.calls()) {
      Asked asked = Asked.of(call.command());
      if (!keys.computeIfAbsent(asked, first -> call.key()).equals(call.key())) {
        broken.accept(call.command() + " was called under a second key");
      }
      if (!steps.computeIfAbsent(call.key(), first -> asked).equals(asked)) {
        broken.accept(call.command() + " was called under the key of " + steps.get(call.key()));
      }
    }
  }

  /** Same command, same bytes: who took it before it was committed took the right one. */
  static void areRequestedAlike(Evidence evidence, Consumer<String> broken) {
    Map<CommandId, Evidence.Requested> first = new HashMap<>();
    for (Evidence.Requested one : evidence.commands()) {
      Evidence.Requested other = first.putIfAbsent(one.command().id(), one);
      if (other != null && !Arrays.equals(one.record().value(), other.record().value())) {
        broken.accept(one.command().id() + " was requested in two ways");
      }
    }
  }

  /** What has its output, and everybody can know it, is asked for no more. */
  static void areNotAskedAgain(Evidence evidence, Consumer<String> broken) {
    Map<Asked, Long> completed = new HashMap<>();
    evidence
        .history()
        .all()
        .forEach(
            (execution, entries) ->
                entries.forEach(entry -> noteCompleted(execution, entry, completed)));
    for (Evidence.Requested one : evidence.commands()) {
      CommandId id = one.command().id();
      Long at = completed.get(new Asked(id.execution(), id.path(), 0));
      if (at != null && one.record().appendedAt() > at) {
        broken.accept(id + " was requested although the step was completed");
      }
    }
  }

  private static void noteCompleted(
      ExecutionId execution, CommittedHistory.Entry entry, Map<Asked, Long> completed) {
    for (Fact fact : entry.transition().facts()) {
      if (fact instanceof Fact.StepCompleted f) {
        completed.putIfAbsent(new Asked(execution, f.path(), 0), entry.committedAt());
      }
    }
  }

  /** No attempt before its time, none by the long safety net unless its command was dropped. */
  static void areRequestedInTime(Evidence evidence, Consumer<String> broken) {
    Set<CommandId> dropped = new HashSet<>();
    Set<String> droppedRecords = new HashSet<>();
    evidence.dropped().forEach(record -> droppedRecords.add(record.toString()));
    evidence.commands().stream()
        .filter(one -> droppedRecords.contains(one.record().toString()))
        .forEach(one -> dropped.add(one.command().id()));
    evidence
        .history()
        .all()
        .forEach((execution, entries) -> new Course(execution, dropped, broken).follow(entries));
  }

  /** The attempts of one execution, in order. */
  private static final class Course {
    private final ExecutionId execution;
    private final Set<CommandId> dropped;
    private final Consumer<String> broken;
    private final Map<StepPath, Instant> notBefore = new HashMap<>();
    private final Set<StepPath> waits = new HashSet<>();
    private final Map<StepPath, Fact.AttemptRequested> open = new HashMap<>();

    Course(ExecutionId execution, Set<CommandId> dropped, Consumer<String> broken) {
      this.execution = execution;
      this.dropped = dropped;
      this.broken = broken;
    }

    void follow(Iterable<CommittedHistory.Entry> entries) {
      for (CommittedHistory.Entry entry : entries) {
        entry.transition().facts().forEach(fact -> follow(fact, entry.transition().at()));
      }
    }

    private void follow(Fact fact, Instant at) {
      switch (fact) {
        case Fact.RetryScheduled f -> notBefore.put(f.path(), f.dueAt());
        case Fact.AttemptDeferred f -> {
          notBefore.put(f.path(), f.until());
          open.remove(f.path());
        }
        case Fact.AttemptFailed f -> open.remove(f.path());
        case Fact.AttemptHeld f -> {
          notBefore.remove(f.path());
          open.remove(f.path());
        }
        case Fact.StepReopened f -> notBefore.remove(f.path());
        case Fact.StepPutOff f -> open.remove(f.path());
        case Fact.WaitStarted f -> {
          waits.add(f.path());
          notBefore.put(f.path(), f.until());
        }
        case Fact.StepCompleted f -> {
          if (waits.remove(f.path())) { // what waits for a retry may complete by a late success
            early(f.path(), at);
          }
          notBefore.remove(f.path());
          open.remove(f.path());
        }
        case Fact.AttemptRequested f -> requested(f, at);
        default -> {} // says nothing about the time of an attempt
      }
    }

    private void requested(Fact.AttemptRequested f, Instant at) {
      early(f.path(), at);
      Fact.AttemptRequested before = open.put(f.path(), f);
      if (before != null
          && before.attempt() == f.attempt()
          && before.generation() == f.generation()
          && !at.isBefore(before.redeliverAt())
          && !dropped.contains(
              new CommandId(
                  execution, f.path(), before.generation(), before.attempt(), before.delivery()))) {
        broken.accept(execution + "/" + f.path() + " had no answer for an hour");
      }
    }

    private void early(StepPath path, Instant at) {
      Instant due = notBefore.remove(path);
      if (due != null && at.isBefore(due)) {
        broken.accept(execution + "/" + path + " went on at " + at + ", due at " + due);
      }
    }
  }

  /** What an accepted outcome has cost stands in history. */
  static void tellTheirCost(Evidence evidence, Consumer<String> broken) {
    Map<String, Optional<Usage>> used = new HashMap<>();
    for (int partition = 0; partition < evidence.cluster().log().partitions(); partition++) {
      for (Evidence.Taken taken : evidence.inputs(partition)) {
        if (taken.input() instanceof StepOutcome outcome) {
          used.put(partition + " " + taken.record().offset(), outcome.usage());
        }
      }
    }
    evidence
        .history()
        .all()
        .forEach(
            (execution, entries) ->
                entries.forEach(
                    entry ->
                        entry
                            .transition()
                            .facts()
                            .forEach(
                                fact -> {
                                  Optional<Usage> told = told(fact);
                                  Optional<Usage> cost =
                                      used.getOrDefault(
                                          entry.record().partition()
                                              + " "
                                              + entry.transition().sequence(),
                                          Optional.empty());
                                  if (told != null && cost.isPresent() && !told.equals(cost)) {
                                    broken.accept(execution + " used " + cost + ", told " + told);
                                  }
                                })));
  }

  /** Null for what is no end of an attempt. */
  private static Optional<Usage> told(Fact fact) {
    return switch (fact) {
      case Fact.AttemptFailed f -> f.usage();
      case Fact.StepCompleted f when f.attempt() > 0 -> f.usage();
      default -> null;
    };
  }
}
