package io.penstock.orchestrator.core;

import io.penstock.schema.message.Fact;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What kind of thing an input led to: the facts in short, e.g. {@code failed+retry}. */
final class ResultKind {
  private ResultKind() {}

  static String of(List<Fact> facts) {
    return facts.stream().flatMap(ResultKind::of).collect(Collectors.joining("+"));
  }

  private static Stream<String> of(Fact fact) {
    return switch (fact) {
      case Fact.ExecutionStarted ignored -> Stream.of("started");
      case Fact.AttemptRequested ignored -> Stream.of("out");
      case Fact.StepPutOff ignored -> Stream.of("later");
      case Fact.AttemptHeld ignored -> Stream.of("held");
      case Fact.AttemptFailed ignored -> Stream.of("failed");
      case Fact.AttemptDeferred ignored -> Stream.of("deferred");
      case Fact.RetryScheduled ignored -> Stream.of("retry");
      case Fact.ErrorCaught ignored -> Stream.of("caught");
      case Fact.WaitStarted ignored -> Stream.of("asleep");
      case Fact.FinallyStarted ignored -> Stream.of("finally");
      case Fact.BranchTaken ignored -> Stream.of("branch");
      case Fact.BranchesStarted ignored -> Stream.of("fork");
      case Fact.ItemsFound ignored -> Stream.of("items");
      case Fact.ItemsStarted ignored -> Stream.of("rounds");
      case Fact.ScopeEnded f -> Stream.of(f.error().isPresent() ? "absorbed" : "joined");
      case Fact.ScopesCancelled ignored -> Stream.of("dropped");
      case Fact.ScopesLeft ignored -> Stream.of("left");
      case Fact.StepCompleted ignored -> Stream.of("done");
      case Fact.StepFailed ignored -> Stream.of("dead");
      case Fact.StepReopened ignored -> Stream.of("reopened");
      case Fact.ExecutionSuspended ignored -> Stream.of("suspended");
      case Fact.ExecutionMoved ignored -> Stream.of("moved");
      case Fact.ExecutionPaused ignored -> Stream.of("paused");
      case Fact.ExecutionResumed ignored -> Stream.of("resumed");
      case Fact.ExecutionCompleted ignored -> Stream.of("completed");
      case Fact.ExecutionFailed ignored -> Stream.of("failed");
      case Fact.ExecutionCancelled ignored -> Stream.of("cancelled");
      case Fact.CompensationRegistered ignored -> Stream.of("undoable");
      case Fact.CompensationStarted ignored -> Stream.of("back");
      case Fact.StepDropped ignored -> Stream.of("dropped");
      case Fact.StepCompensationStarted ignored -> Stream.of("undo");
      case Fact.StepCompensated ignored -> Stream.of("undone");
      case Fact.ExecutionCompensated ignored -> Stream.of("compensated");
      case Fact.ExecutionForgotten ignored -> Stream.of("forgotten");
      case Fact.WakeUpSet ignored -> Stream.of(); // beside the point here; see TimersTest
      case Fact.InputIgnored f -> Stream.of("-" + f.reason().name().toLowerCase(Locale.ROOT));
    };
  }
}
