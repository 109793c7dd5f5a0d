package io.penstock.simulator.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.simulator.worker.SimulatedWorker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** All that must hold, by name. */
public final class Invariants {
  private static final Map<String, Invariant> ALL = new LinkedHashMap<>();

  static {
    ALL.put("one execution per event", Executions::onePerEvent);
    ALL.put("each execution ends", Executions::eachEnds);
    ALL.put("an end is final", Executions::anEndIsFinal);
    ALL.put("history is ordered", Executions::historyIsOrdered);
    ALL.put("an execution keeps its version", Executions::keepTheirVersion);
    ALL.put("one outcome per step", Steps::haveOneOutcome);
    ALL.put("one key per step", Steps::keepTheirKey);
    ALL.put("same command, same bytes", Steps::areRequestedAlike);
    ALL.put("a finished step is not asked again", Steps::areNotAskedAgain);
    ALL.put("attempts in time", Steps::areRequestedInTime);
    ALL.put("cost is told", Steps::tellTheirCost);
    ALL.put("same log, same decisions", TakeOvers::decideTheSame);
    ALL.put("no answered command goes out again", TakeOvers::repeatNothingAnswered);
    ALL.put("what was done is undone, once, newest first", Sagas::undoWhatWasDone);
    ALL.put("a letter for each dead step", DeadLetters::ofSteps);
    ALL.put("a letter for each broken record", DeadLetters::ofRecords);
    ALL.put("the language is followed", Language::isFollowed);
    ALL.put("no secret in any record", Invariants::noSecret);
  }

  private Invariants() {}

  /** How many there are. */
  public static int count() {
    return ALL.size();
  }

  /** What of it all is broken. */
  public static List<Violation> check(Evidence evidence) {
    List<Violation> violations = new ArrayList<>();
    ALL.forEach(
        (name, invariant) ->
            invariant.check(evidence, what -> violations.add(new Violation(name, what))));
    return violations;
  }

  private static void noSecret(Evidence evidence, Consumer<String> broken) {
    evidence
        .cluster()
        .log()
        .records()
        .filter(record -> record.value() != null)
        .filter(record -> new String(record.value(), UTF_8).contains(SimulatedWorker.CANARY))
        .forEach(record -> broken.accept(record + " has it"));
  }
}
