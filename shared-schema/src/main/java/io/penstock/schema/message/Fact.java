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
  @JsonSubTypes.Type(value = Fact.AttemptRequested.class, name = "attemptRequested"),
  @JsonSubTypes.Type(value = Fact.AttemptHeld.class, name = "attemptHeld"),
  @JsonSubTypes.Type(value = Fact.AttemptFailed.class, name = "attemptFailed"),
  @JsonSubTypes.Type(value = Fact.AttemptDeferred.class, name = "attemptDeferred"),
  @JsonSubTypes.Type(value = Fact.RetryScheduled.class, name = "retryScheduled"),
  @JsonSubTypes.Type(value = Fact.ErrorCaught.class, name = "errorCaught"),
  @JsonSubTypes.Type(value = Fact.BranchTaken.class, name = "branchTaken"),
  @JsonSubTypes.Type(value = Fact.StepCompleted.class, name = "stepCompleted"),
  @JsonSubTypes.Type(value = Fact.StepFailed.class, name = "stepFailed"),
  @JsonSubTypes.Type(value = Fact.StepReopened.class, name = "stepReopened"),
  @JsonSubTypes.Type(value = Fact.ExecutionSuspended.class, name = "executionSuspended"),
  @JsonSubTypes.Type(value = Fact.ExecutionPaused.class, name = "executionPaused"),
  @JsonSubTypes.Type(value = Fact.ExecutionResumed.class, name = "executionResumed"),
  @JsonSubTypes.Type(value = Fact.ExecutionCompleted.class, name = "executionCompleted"),
  @JsonSubTypes.Type(value = Fact.ExecutionFailed.class, name = "executionFailed"),
  @JsonSubTypes.Type(value = Fact.ExecutionCancelled.class, name = "executionCancelled"),
  @JsonSubTypes.Type(value = Fact.ExecutionForgotten.class, name = "executionForgotten"),
  @JsonSubTypes.Type(value = Fact.WakeUpSet.class, name = "wakeUpSet"),
  @JsonSubTypes.Type(value = Fact.InputIgnored.class, name = "inputIgnored")
})
public sealed interface Fact {

  /** First fact of every execution. */
  record ExecutionStarted(
      String workflow,
      String version,
      String eventSource,
      String eventId,
      String eventType,
      Json input)
      implements Fact {}

  /**
   * A command went out.
   *
   * @param reads the references that the step's expressions name, e.g. {@code
   *     steps.company.output.name}; what the command carries
   * @param redeliverAt when the same attempt is handed out again if nobody has answered: a long
   *     safety net, not the step's timeout
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
      Instant redeliverAt)
      implements Fact {}

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
   * A {@code catch} took the error. With a fallback output the step completes next; with a fallback
   * action that action starts in scope {@code <path>/catch<handler>}.
   *
   * @param handler index of the {@code catch} entry, from 0
   */
  record ErrorCaught(StepPath path, int handler, StepError error) implements Fact {}

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
   * The step has its output; final.
   *
   * @param attempt that succeeded; 0 when no attempt made the output (a route's end, a fallback)
   * @param output with {@code outputOf} present: what stands beside it, or null
   * @param outputOf step whose output this one takes over instead of repeating it: of a route, the
   *     branch's last step, as member {@code output}; of a step that was caught, its fallback
   */
  record StepCompleted(
      StepPath path,
      int attempt,
      Json output,
      Optional<StepPath> outputOf,
      Optional<Usage> usage,
      Optional<Instant> startedAt,
      Optional<Instant> endedAt)
      implements Fact {}

  /** No attempt left and nobody caught it. What follows is {@code onFailure}. */
  record StepFailed(StepPath path, int attempt, StepError error) implements Fact {}

  /** A replay: the step may be tried again, with a fresh set of retries. */
  record StepReopened(StepPath path, int generation, int attempt, String by, String reason)
      implements Fact {}

  /**
   * @param path of the dead step; empty when a bug of ours ({@code internal}) stopped the whole
   */
  record ExecutionSuspended(Optional<StepPath> path, StepError error) implements Fact {}

  record ExecutionPaused(String by, String reason) implements Fact {}

  record ExecutionResumed(String by, String reason) implements Fact {}

  record ExecutionCompleted(Json output) implements Fact {}

  record ExecutionFailed(Optional<StepPath> path, StepError error) implements Fact {}

  record ExecutionCancelled(String by, String reason) implements Fact {}

  /** An ended execution's state was dropped; only its history remains. */
  record ExecutionForgotten() implements Fact {}

  /** The execution's place in the timer store moved; empty: it has none. */
  record WakeUpSet(Optional<Instant> previous, Optional<Instant> at) implements Fact {}

  /**
   * An input that changes nothing, and why: late, duplicate, unknown.
   *
   * @param input what came, e.g. {@code outcome of score attempt 1 delivery 1}
   */
  record InputIgnored(IgnoredReason reason, String input) implements Fact {}
}
