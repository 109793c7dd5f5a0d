package io.penstock.schema.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.penstock.schema.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the core decided, in the past tense. The facts of an execution, in order, are its history;
 * state is what they add up to.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Fact.ExecutionStarted.class, name = "executionStarted"),
  @JsonSubTypes.Type(value = Fact.StepPutOff.class, name = "stepPutOff"),
  @JsonSubTypes.Type(value = Fact.AttemptRequested.class, name = "attemptRequested"),
  @JsonSubTypes.Type(value = Fact.AttemptHeld.class, name = "attemptHeld"),
  @JsonSubTypes.Type(value = Fact.AttemptFailed.class, name = "attemptFailed"),
  @JsonSubTypes.Type(value = Fact.AttemptDeferred.class, name = "attemptDeferred"),
  @JsonSubTypes.Type(value = Fact.RetryScheduled.class, name = "retryScheduled"),
  @JsonSubTypes.Type(value = Fact.WaitStarted.class, name = "waitStarted"),
  @JsonSubTypes.Type(value = Fact.ErrorCaught.class, name = "errorCaught"),
  @JsonSubTypes.Type(value = Fact.FinallyStarted.class, name = "finallyStarted"),
  @JsonSubTypes.Type(value = Fact.BranchTaken.class, name = "branchTaken"),
  @JsonSubTypes.Type(value = Fact.BranchesStarted.class, name = "branchesStarted"),
  @JsonSubTypes.Type(value = Fact.ItemsFound.class, name = "itemsFound"),
  @JsonSubTypes.Type(value = Fact.ItemsStarted.class, name = "itemsStarted"),
  @JsonSubTypes.Type(value = Fact.ScopeEnded.class, name = "scopeEnded"),
  @JsonSubTypes.Type(value = Fact.ScopesCancelled.class, name = "scopesCancelled"),
  @JsonSubTypes.Type(value = Fact.ScopesLeft.class, name = "scopesLeft"),
  @JsonSubTypes.Type(value = Fact.StepCompleted.class, name = "stepCompleted"),
  @JsonSubTypes.Type(value = Fact.StepFailed.class, name = "stepFailed"),
  @JsonSubTypes.Type(value = Fact.StepReopened.class, name = "stepReopened"),
  @JsonSubTypes.Type(value = Fact.ExecutionSuspended.class, name = "executionSuspended"),
  @JsonSubTypes.Type(value = Fact.ExecutionMoved.class, name = "executionMoved"),
  @JsonSubTypes.Type(value = Fact.ExecutionPaused.class, name = "executionPaused"),
  @JsonSubTypes.Type(value = Fact.ExecutionResumed.class, name = "executionResumed"),
  @JsonSubTypes.Type(value = Fact.ExecutionCompleted.class, name = "executionCompleted"),
  @JsonSubTypes.Type(value = Fact.ExecutionFailed.class, name = "executionFailed"),
  @JsonSubTypes.Type(value = Fact.ExecutionCancelled.class, name = "executionCancelled"),
  @JsonSubTypes.Type(value = Fact.CompensationRegistered.class, name = "compensationRegistered"),
  @JsonSubTypes.Type(value = Fact.CompensationStarted.class, name = "compensationStarted"),
  @JsonSubTypes.Type(value = Fact.StepDropped.class, name = "stepDropped"),
  @JsonSubTypes.Type(value = Fact.StepCompensationStarted.class, name = "stepCompensationStarted"),
  @JsonSubTypes.Type(value = Fact.StepCompensated.class, name = "stepCompensated"),
  @JsonSubTypes.Type(value = Fact.ExecutionCompensated.class, name = "executionCompensated"),
  @JsonSubTypes.Type(value = Fact.ExecutionForgotten.class, name = "executionForgotten"),
  @JsonSubTypes.Type(value = Fact.WakeUpSet.class, name = "wakeUpSet"),
  @JsonSubTypes.Type(value = Fact.InputIgnored.class, name = "inputIgnored")
})
public sealed interface Fact {

  /**
   * First fact of every execution.
   *
   * @param deadline when it fails if it has not ended; empty: never
   */
  record ExecutionStarted(
      String workflow,
      String version,
      String eventSource,
      String eventId,
      String eventType,
      Json input,
      Optional<Instant> deadline)
      implements Fact {

    /** Of an execution without a deadline. */
    public ExecutionStarted(
        String workflow,
        String version,
        String eventSource,
        String eventId,
        String eventType,
        Json input) {
      this(workflow, version, eventSource, eventId, eventType, input, Optional.empty());
    }
  }

  /**
   * A step has its turn, but the transition is full: it begins with a later one. No command went
   * out for it, and none is spent.
   *
   * @param due from when on it may begin; the execution's timer fires then
   */
  record StepPutOff(StepPath path, Instant due) implements Fact {}

  /**
   * A command went out.
   *
   * @param reads the references that the step's expressions name, e.g. {@code
   *     steps.company.output.name}; what the command carries
   * @param redeliverAt when the same attempt is handed out again if nobody has answered: a long
   *     safety net, not the step's timeout
   * @param retriesSince where the step's retries are limited in time: when its first attempt was
   *     handed out, by the broker's clock
   */
  record AttemptRequested(
      StepPath path,
      StepKind kind,
      int generation,
      int attempt,
      int delivery,
      Optional<Duration> timeout,
      List<String> reads,
      Optional<String> ticket,
      Instant redeliverAt,
      Optional<Instant> retriesSince)
      implements Fact {

    /** Of a step whose retries are not limited in time. */
    public AttemptRequested(
        StepPath path,
        StepKind kind,
        int generation,
        int attempt,
        int delivery,
        Optional<Duration> timeout,
        List<String> reads,
        Optional<String> ticket,
        Instant redeliverAt) {
      this(
          path,
          kind,
          generation,
          attempt,
          delivery,
          timeout,
          reads,
          ticket,
          redeliverAt,
          Optional.empty());
    }
  }

  /** An attempt is ready to go out, but the execution is paused or suspended. */
  record AttemptHeld(
      StepPath path, int generation, int attempt, int delivery, Optional<String> ticket)
      implements Fact {}

  /** An attempt came back without success; what follows is the next fact. */
  record AttemptFailed(
      StepPath path,
      int attempt,
      StepError error,
      Optional<Usage> usage,
      Instant startedAt,
      Instant endedAt)
      implements Fact {}

  /** The call was not made; the same attempt is delivered again at {@code until}. */
  record AttemptDeferred(
      StepPath path,
      int attempt,
      int delivery,
      Instant until,
      String reason,
      Optional<String> ticket)
      implements Fact {}

  /**
   * @param attempt the one to come
   */
  record RetryScheduled(StepPath path, int attempt, Instant dueAt) implements Fact {}

  /**
   * A step lets time pass.
   *
   * @param until when it completes; the execution's timer fires then
   */
  record WaitStarted(StepPath path, Instant until) implements Fact {}

  /**
   * A {@code catch} took the error. With a fallback output the step completes next; with a fallback
   * action, or several steps, these start in scope {@code <path>/catch<handler>}.
   *
   * @param path of the step whose catch it is; {@code @workflow}: one of the workflow itself
   * @param handler index of the {@code catch} entry, from 0
   * @param step that failed, if it is another one, inside {@code path}
   * @param attempt the last of that step
   * @param around where that step itself stood in a catch that is dropped: what this was handling
   */
  record ErrorCaught(
      StepPath path,
      int handler,
      StepError error,
      Optional<StepPath> step,
      Optional<Integer> attempt,
      Optional<Handled> around)
      implements Fact {

    /** Of a step that handled nothing, or whose catch goes on. */
    public ErrorCaught(
        StepPath path,
        int handler,
        StepError error,
        Optional<StepPath> step,
        Optional<Integer> attempt) {
      this(path, handler, error, step, attempt, Optional.empty());
    }

    /** As it was written when nobody asked which step had failed. */
    public ErrorCaught(StepPath path, int handler, StepError error) {
      this(path, handler, error, Optional.empty(), Optional.empty());
    }
  }

  /**
   * The steps of {@code finally} start, in scope {@code @workflow/finally}; after them the
   * execution ends.
   *
   * @param error that it fails of then; empty: it completes
   * @param step that failed; empty: none did, or it was the output of the whole
   * @param attempt the last of that step
   * @param around where that step itself stood in a catch: what this was handling
   */
  record FinallyStarted(
      Optional<StepError> error,
      Optional<StepPath> step,
      Optional<Integer> attempt,
      Optional<Handled> around)
      implements Fact {

    /** Of a step that handled nothing. */
    public FinallyStarted(
        Optional<StepError> error, Optional<StepPath> step, Optional<Integer> attempt) {
      this(error, step, attempt, Optional.empty());
    }
  }

  /**
   * A route chose.
   *
   * @param branch index of the branch, from 0
   * @param name the branch's name
   */
  record BranchTaken(
      StepPath path, int attempt, int branch, String name, Instant startedAt, Instant endedAt)
      implements Fact {}

  /**
   * A parallel began all its branches; each runs in scope {@code <path>/<name>}.
   *
   * @param branches their names, in the order of the definition
   */
  record BranchesStarted(StepPath path, List<String> branches) implements Fact {
    public BranchesStarted {
      branches = List.copyOf(branches);
    }
  }

  /**
   * A foreach found its items; {@link ItemsStarted} tells when their rounds begin.
   *
   * @param items the whole list
   * @param rounds how many rounds they take; fewer than items where they come in chunks
   */
  record ItemsFound(StepPath path, Json items, int rounds) implements Fact {}

  /**
   * A foreach began some of its rounds; round {@code n} runs in scope {@code <path>/<n>}.
   *
   * @param from the first of them, counted from 0
   * @param until the first that is not among them
   */
  record ItemsStarted(StepPath path, int from, int until) implements Fact {}

  /**
   * A branch of a parallel or a round of a foreach is over.
   *
   * @param scope in which it ran
   * @param error what it failed of; the step around it goes on all the same. Empty: it ended well,
   *     and the output of its last step counts
   */
  record ScopeEnded(ScopePath scope, Optional<StepError> error) implements Fact {}

  /**
   * Branches or rounds that nobody waits for, or all scopes (named by the root), were dropped with
   * all that is at work inside; what workers still answer for them is ignored.
   */
  record ScopesCancelled(List<ScopePath> scopes) implements Fact {
    public ScopesCancelled {
      scopes = List.copyOf(scopes);
    }
  }

  /** Branches that nobody waits for any more, and that go on to their end. */
  record ScopesLeft(List<ScopePath> scopes) implements Fact {
    public ScopesLeft {
      scopes = List.copyOf(scopes);
    }
  }

  /**
   * The step has its output; final.
   *
   * @param attempt that succeeded; 0 when no attempt made the output (the end of a route, a
   *     parallel or a foreach, a fallback)
   * @param output with {@code outputOf} present: what stands beside it, or null; with {@code
   *     gathered} present: null
   * @param outputOf step whose output this one takes over instead of repeating it: of a route, the
   *     branch's last step, as member {@code output}; of a step that was caught, its fallback
   * @param gathered of a parallel or a foreach: the steps whose outputs make up this one, instead
   *     of repeating them
   */
  record StepCompleted(
      StepPath path,
      int attempt,
      Json output,
      Optional<StepPath> outputOf,
      Optional<Usage> usage,
      Optional<Instant> startedAt,
      Optional<Instant> endedAt,
      Optional<Gathered> gathered)
      implements Fact {

    /** Of a step that gathers nothing. */
    public StepCompleted(
        StepPath path,
        int attempt,
        Json output,
        Optional<StepPath> outputOf,
        Optional<Usage> usage,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt) {
      this(path, attempt, output, outputOf, usage, startedAt, endedAt, Optional.empty());
    }
  }

  /**
   * No attempt left and no step caught it. What follows is a catch of the workflow, or {@code
   * onFailure}.
   */
  record StepFailed(StepPath path, int attempt, StepError error) implements Fact {}

  /**
   * A replay: the step may be tried again, with a fresh set of retries.
   *
   * @param generation the same as before if the step does the same as before
   * @param patch all edits (RFC 6902) of what its command carries that hold from now on
   */
  record StepReopened(
      StepPath path, int generation, int attempt, String by, String reason, Optional<Json> patch)
      implements Fact {
    public StepReopened {
      patch = patch.filter(edit -> !edit.equals(Json.NULL));
    }

    /** With its request as the definition makes it. */
    public StepReopened(StepPath path, int generation, int attempt, String by, String reason) {
      this(path, generation, attempt, by, reason, Optional.empty());
    }
  }

  /**
   * @param path of the dead step; empty when a bug of ours ({@code internal}) stopped the whole
   */
  record ExecutionSuspended(Optional<StepPath> path, StepError error) implements Fact {}

  /**
   * It goes on with another version of its workflow. Finished steps are kept; of each open one the
   * generation is one higher, and edits of its request are gone.
   */
  record ExecutionMoved(String from, String version, String by, String reason) implements Fact {}

  record ExecutionPaused(String by, String reason) implements Fact {}

  record ExecutionResumed(String by, String reason) implements Fact {}

  record ExecutionCompleted(Json output) implements Fact {}

  record ExecutionFailed(Optional<StepPath> path, StepError error) implements Fact {}

  record ExecutionCancelled(String by, String reason) implements Fact {}

  /** A step that has a compensation has completed: the newest of those that could be undone. */
  record CompensationRegistered(StepPath path) implements Fact {}

  /**
   * From here on what has completed is undone. All that was open is dropped, except for what is
   * awaited.
   *
   * @param path of the step that failed; empty: no step led to it
   * @param error that led to it; empty when an operator wished it
   * @param by the operator, with the reason
   * @param awaited steps whose calls are on their way and could have to be undone; they are not
   *     tried again
   */
  record CompensationStarted(
      CompensationTrigger trigger,
      Optional<StepPath> path,
      Optional<StepError> error,
      Optional<String> by,
      Optional<String> reason,
      List<StepPath> awaited)
      implements Fact {
    public CompensationStarted {
      awaited = List.copyOf(awaited);
    }
  }

  /** A step that was awaited did not complete: there is nothing of it to undo. */
  record StepDropped(StepPath path) implements Fact {}

  /**
   * The compensation of a step began, in scope {@code <path>/compensate}.
   *
   * @param path of the step that is undone
   */
  record StepCompensationStarted(StepPath path) implements Fact {}

  /**
   * A step has been undone, or an operator said to go on without.
   *
   * @param by the operator, with the reason; empty when its compensation has completed
   */
  record StepCompensated(
      StepPath path, CompensationEnd end, Optional<String> by, Optional<String> reason)
      implements Fact {}

  record ExecutionCompensated() implements Fact {}

  /** An ended execution's state was dropped; only its history remains. */
  record ExecutionForgotten() implements Fact {}

  /** The execution's place in the timer store moved; empty: it has none. */
  record WakeUpSet(Optional<Instant> previous, Optional<Instant> at) implements Fact {}

  /**
   * An input that changes nothing, and why: late, duplicate, unknown.
   *
   * @param input what came, e.g. {@code outcome of score attempt 1 delivery 1}
   * @param why what stands in the way of an operator's wish, for people; no payload
   */
  record InputIgnored(IgnoredReason reason, String input, Optional<String> why) implements Fact {

    /** Where the reason says it all. */
    public InputIgnored(IgnoredReason reason, String input) {
      this(reason, input, Optional.empty());
    }
  }
}
