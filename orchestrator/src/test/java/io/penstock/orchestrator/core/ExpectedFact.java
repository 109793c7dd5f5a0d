package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.expression.Reference;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.CompensationEnd;
import io.penstock.schema.message.CompensationTrigger;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.Gathered;
import io.penstock.schema.message.Handled;
import io.penstock.schema.message.IgnoredReason;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepPath;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Facts as a scenario tells them: what it does not care about (kind, what a step reads, where the
 * timer stood) follows from the workflow and the state before, and is compared all the same.
 */
interface ExpectedFact {

  /** What the expectation may draw on. */
  record Before(Workflow workflow, Optional<Instant> wakeUp, Instant now) {
    Step step(String path) {
      return workflow.step(new StepPath(path)).orElseThrow();
    }
  }

  Stream<Fact> after(Before before);

  private static ExpectedFact one(Fact fact) {
    return before -> Stream.of(fact);
  }

  static ExpectedFact executionStarted() {
    return executionStartedWith(Happening.INPUT);
  }

  static ExpectedFact executionStartedWith(Object input) {
    return before ->
        Stream.of(
            new Fact.ExecutionStarted(
                before.workflow().name(),
                before.workflow().version(),
                Happening.SOURCE,
                Happening.EVENT_ID,
                "contact.created",
                Json.of(input),
                before.workflow().deadline().map(before.now()::plus)));
  }

  static Requested requested(String path) {
    return new Requested(path, 1, 1, 1, Optional.empty(), Duration.ofHours(1), Optional.empty());
  }

  /** A command went out; handed out again one hour later unless said otherwise. */
  record Requested(
      String path,
      int generation,
      int attempt,
      int delivery,
      Optional<String> ticket,
      Duration redelivery,
      Optional<Instant> since)
      implements ExpectedFact {
    Requested generation(int number) {
      return new Requested(path, number, attempt, delivery, ticket, redelivery, since);
    }

    Requested attempt(int number) {
      return new Requested(path, generation, number, delivery, ticket, redelivery, since);
    }

    Requested delivery(int number) {
      return new Requested(path, generation, attempt, number, ticket, redelivery, since);
    }

    Requested ticket(String value) {
      return new Requested(
          path, generation, attempt, delivery, Optional.of(value), redelivery, since);
    }

    Requested redeliveredAfter(Duration time) {
      return new Requested(path, generation, attempt, delivery, ticket, time, since);
    }

    /** Where the time for retries is limited. */
    Requested retriesSince(String time) {
      return new Requested(
          path, generation, attempt, delivery, ticket, redelivery, Optional.of(Times.at(time)));
    }

    @Override
    public Stream<Fact> after(Before before) {
      Step step = before.step(path);
      return Stream.of(
          new Fact.AttemptRequested(
              new StepPath(path),
              ((Action.Work) step.action()).kind(),
              generation,
              attempt,
              delivery,
              step.timeout(),
              step.action().references().stream().map(Reference::toString).toList(),
              ticket,
              before.now().plus(redelivery),
              since));
    }
  }

  static Held held(String path) {
    return new Held(path, 1, 1, Optional.empty());
  }

  /** Ready, but not sent. */
  record Held(String path, int attempt, int delivery, Optional<String> ticket)
      implements ExpectedFact {
    Held attempt(int number) {
      return new Held(path, number, delivery, ticket);
    }

    Held delivery(int number) {
      return new Held(path, attempt, number, ticket);
    }

    @Override
    public Stream<Fact> after(Before before) {
      return Stream.of(new Fact.AttemptHeld(new StepPath(path), 1, attempt, delivery, ticket));
    }
  }

  static ExpectedFact attemptFailed(String path, int attempt, ErrorType type, String message) {
    return attemptFailed(path, attempt, StepError.of(type, message));
  }

  static ExpectedFact attemptFailed(String path, int attempt, StepError error) {
    return one(
        new Fact.AttemptFailed(
            new StepPath(path),
            attempt,
            error,
            Optional.empty(),
            Happening.WORK_STARTED,
            Happening.WORK_ENDED));
  }

  static ExpectedFact deferred(String path, int attempt, int delivery, String until) {
    return one(
        new Fact.AttemptDeferred(
            new StepPath(path),
            attempt,
            delivery,
            Times.at(until),
            "rate limit",
            Optional.of("ticket-7")));
  }

  static ExpectedFact retryScheduled(String path, int attempt, String dueAt) {
    return one(new Fact.RetryScheduled(new StepPath(path), attempt, Times.at(dueAt)));
  }

  static ExpectedFact errorCaught(String path, int handler, ErrorType type, String message) {
    return errorCaught(path, handler, 1, type, message);
  }

  /**
   * @param attempt the last of the step itself
   */
  static ExpectedFact errorCaught(
      String path, int handler, int attempt, ErrorType type, String message) {
    return one(
        new Fact.ErrorCaught(
            new StepPath(path),
            handler,
            StepError.of(type, message),
            Optional.empty(),
            Optional.of(attempt)));
  }

  /**
   * @param step that failed inside
   */
  static ExpectedFact errorOfCaught(
      String step, String path, int handler, ErrorType type, String message) {
    return one(
        new Fact.ErrorCaught(
            new StepPath(path),
            handler,
            StepError.of(type, message),
            Optional.of(new StepPath(step)),
            Optional.of(1)));
  }

  /**
   * The same, of a step of a catch.
   *
   * @param around what that catch handled
   */
  static ExpectedFact errorOfCaught(
      String step, String path, int handler, ErrorType type, String message, Handled around) {
    return one(
        new Fact.ErrorCaught(
            new StepPath(path),
            handler,
            StepError.of(type, message),
            Optional.of(new StepPath(step)),
            Optional.of(1),
            Optional.of(around)));
  }

  /** What a catch handles: the failure of a step by its first attempt. */
  static Handled handled(String step, ErrorType type, String message) {
    return new Handled(
        StepError.of(type, message),
        Optional.of(new StepPath(step)),
        Optional.of(1),
        Optional.empty());
  }

  static ExpectedFact waitStarted(String path, String until) {
    return one(new Fact.WaitStarted(new StepPath(path), Times.at(until)));
  }

  static ExpectedFact finallyStarted() {
    return one(new Fact.FinallyStarted(Optional.empty(), Optional.empty(), Optional.empty()));
  }

  static ExpectedFact finallyStartedFailing(String step, ErrorType type, String message) {
    return one(
        new Fact.FinallyStarted(
            Optional.of(StepError.of(type, message)),
            Optional.of(new StepPath(step)),
            Optional.of(1)));
  }

  /** All that was at work. */
  static ExpectedFact allCancelled() {
    return one(new Fact.ScopesCancelled(List.of(ScopePath.ROOT)));
  }

  static ExpectedFact branchTaken(String path, int branch, String name) {
    return one(
        new Fact.BranchTaken(
            new StepPath(path), 1, branch, name, Happening.WORK_STARTED, Happening.WORK_ENDED));
  }

  static ExpectedFact completed(String path, Object output) {
    return completed(path, 1, output);
  }

  static ExpectedFact completed(String path, int attempt, Object output) {
    return one(
        new Fact.StepCompleted(
            new StepPath(path),
            attempt,
            Json.of(output),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Happening.WORK_STARTED),
            Optional.of(Happening.WORK_ENDED)));
  }

  /** By the core itself, e.g. with a fallback output. */
  static ExpectedFact completedWith(String path, Object output) {
    return completedBeside(path, Json.of(output), Optional.empty());
  }

  static ExpectedFact completedTakingOver(String path, String of) {
    return completedBeside(path, Json.NULL, Optional.of(new StepPath(of)));
  }

  static ExpectedFact routeCompleted(String path, int branch, String name, String last) {
    return completedBeside(path, route(branch, name, false), Optional.of(new StepPath(last)));
  }

  static ExpectedFact routeCompletedWithNothing(String path, int branch, String name) {
    return completedBeside(path, route(branch, name, true), Optional.empty());
  }

  private static Json route(int branch, String name, boolean nothing) {
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("branch", branch);
    output.put("name", name);
    if (nothing) {
      output.put("output", null);
    }
    return Json.of(output);
  }

  private static ExpectedFact completedBeside(String path, Json own, Optional<StepPath> of) {
    return one(
        new Fact.StepCompleted(
            new StepPath(path), 0, own, of, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  static ExpectedFact branchesStarted(String path, String... names) {
    return one(new Fact.BranchesStarted(new StepPath(path), List.of(names)));
  }

  static ExpectedFact itemsFound(String path, int rounds, Object items) {
    return one(new Fact.ItemsFound(new StepPath(path), Json.of(items), rounds));
  }

  static ExpectedFact itemsStarted(String path, int from, int until) {
    return one(new Fact.ItemsStarted(new StepPath(path), from, until));
  }

  static ExpectedFact scopeEnded(String scope) {
    return one(new Fact.ScopeEnded(new ScopePath(scope), Optional.empty()));
  }

  static ExpectedFact scopeFailed(String scope, ErrorType type, String message) {
    return one(new Fact.ScopeEnded(new ScopePath(scope), Optional.of(StepError.of(type, message))));
  }

  static ExpectedFact scopesCancelled(String... scopes) {
    return one(new Fact.ScopesCancelled(Stream.of(scopes).map(ScopePath::new).toList()));
  }

  static ExpectedFact scopesLeft(String... scopes) {
    return one(new Fact.ScopesLeft(Stream.of(scopes).map(ScopePath::new).toList()));
  }

  /**
   * @param lastSteps as {@code branch/step}, below the parallel
   */
  static ExpectedFact joined(String path, String... lastSteps) {
    Map<String, StepPath> outputs = new LinkedHashMap<>();
    for (String last : lastSteps) {
      outputs.put(last.split("/", 2)[0], new StepPath(path + "/" + last));
    }
    return gathered(path, new Gathered.Branches(outputs));
  }

  static ExpectedFact iterated(String path, int rounds, int failed, String lastStep) {
    return gathered(path, new Gathered.Rounds(rounds, failed, lastStep));
  }

  private static ExpectedFact gathered(String path, Gathered gathered) {
    return one(
        new Fact.StepCompleted(
            new StepPath(path),
            0,
            Json.NULL,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(gathered)));
  }

  static ExpectedFact stepFailed(String path, int attempt, ErrorType type, String message) {
    return one(new Fact.StepFailed(new StepPath(path), attempt, StepError.of(type, message)));
  }

  static ExpectedFact reopened(String path, int attempt) {
    return one(new Fact.StepReopened(new StepPath(path), 1, attempt, "grace", "why not"));
  }

  static ExpectedFact reopened(String path, int generation, int attempt) {
    return one(new Fact.StepReopened(new StepPath(path), generation, attempt, "grace", "why not"));
  }

  /** With all edits that hold from now on; {@code patch} has ' for ". */
  static ExpectedFact reopenedEdited(String path, int generation, String patch) {
    return one(
        new Fact.StepReopened(
            new StepPath(path), generation, 1, "grace", "why not", Happening.edit(patch)));
  }

  static ExpectedFact moved(String version) {
    return one(new Fact.ExecutionMoved(Defined.VERSION, version, "grace", "why not"));
  }

  static ExpectedFact suspendedBy(String path, ErrorType type, String message) {
    return one(
        new Fact.ExecutionSuspended(Optional.of(new StepPath(path)), StepError.of(type, message)));
  }

  static ExpectedFact suspendedByABug() {
    return one(
        new Fact.ExecutionSuspended(Optional.empty(), StepError.of(ErrorType.INTERNAL, "planted")));
  }

  static ExpectedFact paused() {
    return one(new Fact.ExecutionPaused("grace", "why not"));
  }

  static ExpectedFact resumed() {
    return one(new Fact.ExecutionResumed("grace", "why not"));
  }

  static ExpectedFact cancelled() {
    return one(new Fact.ExecutionCancelled("grace", "why not"));
  }

  static ExpectedFact executionCompleted() {
    return executionCompleted(Json.NULL);
  }

  static ExpectedFact executionCompleted(Object output) {
    return one(new Fact.ExecutionCompleted(Json.of(output)));
  }

  static ExpectedFact executionFailed(String path, ErrorType type, String message) {
    return one(
        new Fact.ExecutionFailed(Optional.of(new StepPath(path)), StepError.of(type, message)));
  }

  /** At its deadline; kept as any that failed. */
  static ExpectedFact overdue() {
    StepError error =
        new StepError(
            ErrorType.TIMEOUT,
            "the execution had not ended at its deadline; what was open is cancelled",
            false);
    return before ->
        Stream.concat(
            Stream.of(new Fact.ExecutionFailed(Optional.empty(), error)),
            keptFor(Duration.ofDays(30)).after(before));
  }

  static ExpectedFact undoable(String path) {
    return one(new Fact.CompensationRegistered(new StepPath(path)));
  }

  /** A failure leads back. */
  static ExpectedFact backBecauseOf(
      String path, ErrorType type, String message, String... awaited) {
    return one(
        new Fact.CompensationStarted(
            CompensationTrigger.FAILURE,
            Optional.of(new StepPath(path)),
            Optional.of(StepError.of(type, message)),
            Optional.empty(),
            Optional.empty(),
            paths(awaited)));
  }

  /** An operator leads back. */
  static ExpectedFact backBy(CompensationTrigger trigger, String... awaited) {
    return one(
        new Fact.CompensationStarted(
            trigger,
            Optional.empty(),
            Optional.empty(),
            Optional.of("grace"),
            Optional.of("why not"),
            paths(awaited)));
  }

  private static List<StepPath> paths(String... paths) {
    return Stream.of(paths).map(StepPath::new).toList();
  }

  static ExpectedFact stepDropped(String path) {
    return one(new Fact.StepDropped(new StepPath(path)));
  }

  /** With the first attempt of what undoes a step. */
  static ExpectedFact undoing(String path) {
    return before ->
        Stream.concat(
            Stream.of(new Fact.StepCompensationStarted(new StepPath(path))),
            requested(path + "/compensate/compensation").after(before));
  }

  static ExpectedFact undone(String path) {
    return one(
        new Fact.StepCompensated(
            new StepPath(path), CompensationEnd.COMPLETED, Optional.empty(), Optional.empty()));
  }

  static ExpectedFact letBe(String path, CompensationEnd end) {
    return one(
        new Fact.StepCompensated(
            new StepPath(path), end, Optional.of("grace"), Optional.of("why not")));
  }

  static ExpectedFact compensated() {
    return one(new Fact.ExecutionCompensated());
  }

  static ExpectedFact forgotten() {
    return before ->
        Stream.concat(
            before.wakeUp().stream()
                .map(at -> new Fact.WakeUpSet(Optional.of(at), Optional.empty())),
            Stream.of(new Fact.ExecutionForgotten()));
  }

  static ExpectedFact keptFor(Duration time) {
    return before ->
        Stream.of(new Fact.WakeUpSet(before.wakeUp(), Optional.of(before.now().plus(time))));
  }

  static ExpectedFact wakeUp(String at) {
    return before -> Stream.of(new Fact.WakeUpSet(before.wakeUp(), Optional.of(Times.at(at))));
  }

  static ExpectedFact noWakeUp() {
    return before -> Stream.of(new Fact.WakeUpSet(before.wakeUp(), Optional.empty()));
  }

  static ExpectedFact ignored(IgnoredReason reason, String input) {
    return one(new Fact.InputIgnored(reason, input));
  }

  static ExpectedFact notApplicable(String input, String why) {
    return one(new Fact.InputIgnored(IgnoredReason.NOT_APPLICABLE, input, Optional.of(why)));
  }

  /** Of an outcome; {@code command} as {@code path#generation.attempt.delivery}. */
  static ExpectedFact outcomeIgnored(IgnoredReason reason, String command) {
    return before ->
        Stream.of(
            new Fact.InputIgnored(
                reason,
                "outcome of " + new PlayedExecution(before.workflow()).id() + "/" + command));
  }
}
