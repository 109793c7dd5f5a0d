package io.penstock.orchestrator.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.penstock.orchestrator.stream.StreamObserver;
import io.penstock.schema.Topic;
import io.penstock.schema.kafka.DeadLetter;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.IgnoredReason;
import io.penstock.schema.message.StepKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts facts. Every meter is looked up once and kept: an event costs a map access for its
 * workflow and the addition itself. Labels are names from definitions and constants of ours.
 */
@ApplicationScoped
public class OrchestratorMetrics implements StreamObserver {
  private static final String DEAD_LETTERS = "penstock.dead.letters";

  private final MeterRegistry registry;
  private final Map<String, Map<String, WorkflowCounters>> workflows = new ConcurrentHashMap<>();
  private final Map<StepKind, Counter> requested = new EnumMap<>(StepKind.class);
  private final Map<IgnoredReason, Counter> ignored = new EnumMap<>(IgnoredReason.class);
  private final Counter failures;
  private final OverdueTimers overdue;

  OrchestratorMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.overdue = new OverdueTimers(registry);
    this.failures =
        Counter.builder("penstock.observations.failed")
            .description("decisions that a bug kept from being counted")
            .register(registry);
    for (StepKind kind : StepKind.values()) {
      requested.put(
          kind,
          Counter.builder("penstock.attempts.requested")
              .description("commands to workers, deliveries after deferrals included")
              .tag("kind", kind.id())
              .register(registry));
    }
    for (IgnoredReason reason : IgnoredReason.values()) {
      ignored.put(
          reason,
          Counter.builder("penstock.inputs.ignored")
              .description("inputs that changed nothing: late, repeated, unknown")
              .tag("reason", reason.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    registerDeadLetters();
  }

  /** All of them from the start: a first letter must show as a rise from zero. */
  private void registerDeadLetters() {
    for (Topic topic : Topic.values()) {
      if (topic != Topic.DEFINITIONS && topic != Topic.HISTORY) {
        Counter unused = deadLetters(topic, DeadLetter.INTERNAL);
        unused = deadLetters(topic, DeadLetter.UNREADABLE);
      }
    }
    for (StepKind kind : StepKind.values()) {
      for (ErrorType type : ErrorType.values()) {
        Counter unused = deadLetters(Topic.stepsOf(kind), type.id());
      }
    }
  }

  @Override
  public void decided(HistoryRecord transition) {
    for (Fact fact : transition.facts()) {
      count(transition, fact);
    }
  }

  private void count(HistoryRecord transition, Fact fact) {
    switch (fact) {
      case Fact.ExecutionStarted started ->
          of(started.workflow(), started.version()).started().increment();
      case Fact.AttemptRequested request -> requested.get(request.kind()).increment();
      case Fact.AttemptDeferred ignored -> of(transition).deferrals().increment();
      case Fact.RetryScheduled ignored -> of(transition).retries().increment();
      case Fact.ExecutionSuspended ignored -> of(transition).suspended().increment();
      case Fact.ExecutionCompleted ignored -> of(transition).completed().increment();
      case Fact.ExecutionFailed ignored -> of(transition).failed().increment();
      case Fact.ExecutionCancelled ignored -> of(transition).cancelled().increment();
      case Fact.ExecutionCompensated ignored -> of(transition).compensated().increment();
      case Fact.InputIgnored input -> ignored.get(input.reason()).increment();
      case Fact.StepPutOff ignored -> {}
      case Fact.AttemptHeld ignored -> {}
      case Fact.AttemptFailed ignored -> {}
      case Fact.ErrorCaught ignored -> {}
      case Fact.WaitStarted ignored -> {}
      case Fact.FinallyStarted ignored -> {}
      case Fact.BranchTaken ignored -> {}
      case Fact.BranchesStarted ignored -> {}
      case Fact.ItemsFound ignored -> {}
      case Fact.ItemsStarted ignored -> {}
      case Fact.ScopeEnded ignored -> {}
      case Fact.ScopesCancelled ignored -> {}
      case Fact.ScopesLeft ignored -> {}
      case Fact.StepCompleted ignored -> {}
      case Fact.StepFailed ignored -> {}
      case Fact.StepReopened ignored -> {}
      case Fact.ExecutionMoved ignored -> {}
      case Fact.ExecutionPaused ignored -> {}
      case Fact.ExecutionResumed ignored -> {}
      case Fact.CompensationRegistered ignored -> {}
      case Fact.CompensationStarted ignored -> {}
      case Fact.StepDropped ignored -> {}
      case Fact.StepCompensationStarted ignored -> {}
      case Fact.StepCompensated ignored -> {}
      case Fact.ExecutionForgotten ignored -> {}
      case Fact.WakeUpSet ignored -> {}
    }
  }

  /** Without a version the name is only what an execution's id says, and anybody may write one. */
  private WorkflowCounters of(HistoryRecord transition) {
    return transition.version().isPresent()
        ? of(transition.workflow(), transition.version().get())
        : of("unknown", "unknown");
  }

  /** Two maps rather than one: a joined key would be made anew for each event. */
  private WorkflowCounters of(String workflow, String version) {
    return workflows
        .computeIfAbsent(workflow, name -> new ConcurrentHashMap<>())
        .computeIfAbsent(version, named -> new WorkflowCounters(registry, workflow, named));
  }

  @Override
  public void deadLettered(Topic original, String reason) {
    deadLetters(original, reason).increment(); // rare enough to be looked up
  }

  private Counter deadLetters(Topic original, String reason) {
    return Counter.builder(DEAD_LETTERS)
        .description("records that nobody could process")
        .tag("topic", original.topicName())
        .tag("reason", reason)
        .register(registry);
  }

  @Override
  public void timersDue(int partition, int atLeast, Duration latest) {
    overdue.found(partition, atLeast, latest);
  }

  @Override
  public void failed() {
    failures.increment();
  }
}
