package io.penstock.orchestrator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.definition.Workflow;
import io.penstock.schema.kafka.Encoded;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepPath;
import io.penstock.schema.message.StepRequested;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What holds for every workflow and every order in which things may happen. */
class AnyScheduleTest {
  private static final int WORKFLOWS = 50;
  private static final int SCHEDULES = 40;
  private static final int EXECUTIONS = WORKFLOWS * SCHEDULES;
  private static final int INPUTS = 25;
  private static final int PATIENCE = 400;

  /** Facts; rebuilding after each would cost their square. */
  private static final int REBUILT_EVERY = 5;

  @Test
  void nothing_is_decided_twice_nothing_is_lost_and_nothing_hangs() {
    Map<ExecutionStatus, Integer> ends = new EnumMap<>(ExecutionStatus.class);
    for (int workflowSeed = 0; workflowSeed < WORKFLOWS; workflowSeed++) {
      Workflow workflow = new RandomWorkflows(new SplittableRandom(workflowSeed)).next();
      for (int seed = 0; seed < SCHEDULES; seed++) {
        try {
          ends.merge(new Play(workflow, seed).toItsEnd(), 1, Integer::sum);
        } catch (AssertionError | RuntimeException e) {
          throw new AssertionError(
              "workflow seed %d, schedule seed %d: %s".formatted(workflowSeed, seed, e), e);
        }
      }
    }
    assertThat(ends)
        .as("the schedules reach every end")
        .containsOnlyKeys(
            ExecutionStatus.COMPLETED,
            ExecutionStatus.CANCELLED,
            ExecutionStatus.FAILED,
            ExecutionStatus.COMPENSATED);
    assertThat(ends.values()).as("often").allMatch(count -> count > EXECUTIONS / 50);
  }

  /** One execution with everything that is watched about it. */
  private static final class Play {
    private final PlayedExecution execution;
    private final RandomSchedule schedule;
    private final List<Fact> history = new ArrayList<>();
    private final Map<StepPath, Integer> completed = new HashMap<>();
    private final Set<StepPath> dead = new HashSet<>();
    private final Map<String, String> idempotencyKeys = new HashMap<>();
    private final Map<String, String> contents = new HashMap<>();
    private final List<StepRequested> commands = new ArrayList<>();
    private final Set<ScopePath> left = new HashSet<>();
    private final SagaWatch saga = new SagaWatch();
    private Optional<ExecutionStatus> end = Optional.empty();

    Play(Workflow workflow, long seed) {
      this.execution = new PlayedExecution(workflow);
      execution.knows(Defined.inVersion(RandomSchedule.OTHER_VERSION, workflow));
      this.schedule = new RandomSchedule(new SplittableRandom(seed), execution);
    }

    ExecutionStatus toItsEnd() {
      Instant start = schedule.time();
      happens(schedule.start(start), start);
      for (int i = 0; i < INPUTS; i++) {
        Instant at = schedule.time();
        happens(schedule.next(at), at);
      }
      for (int i = 0; i < PATIENCE && end.isEmpty(); i++) {
        happens(whatItWaitsFor(), schedule.time());
      }
      assertThat(end).as("end, after it got everything it waited for").isPresent();
      return end.get();
    }

    /** The one thing that the status says, and no other, moves it on. */
    private CoreInput whatItWaitsFor() {
      ExecutionControl control = execution.pieces().control().orElseThrow();
      return switch (control.status()) {
        case RUNNING -> schedule.success(lastCommandOf(firstOpen(OpenStep.Kind.REQUESTED)));
        case WAITING -> {
          Instant until = execution.state().waitingUntil().orElseThrow();
          assertThat(control.wakeUp()).as("place in the timer store").isPresent();
          assertThat(control.wakeUp().get()).isBeforeOrEqualTo(until);
          yield schedule.timer(execution.now());
        }
        case PAUSED -> schedule.operator(Control.Verb.RESUME);
        case SUSPENDED -> schedule.operator(Control.Verb.REPLAY);
        case COMPENSATING ->
            control.open().requested() > 0
                ? schedule.success(lastCommandOf(firstOpen(OpenStep.Kind.REQUESTED)))
                : schedule.timer(execution.now());
        case FAILED_TO_COMPENSATE -> schedule.operator(Control.Verb.RETRY_COMPENSATION);
        case COMPLETED, CANCELLED, FAILED, COMPENSATED ->
            throw new IllegalStateException("it has ended");
      };
    }

    private StepPath firstOpen(OpenStep.Kind kind) {
      return execution.state().openSteps().stream()
          .filter(step -> step.kind() == kind)
          .map(OpenStep::path)
          .findFirst()
          .orElseThrow();
    }

    private StepRequested lastCommandOf(StepPath path) {
      return commands.stream()
          .filter(command -> command.id().path().equals(path))
          .reduce((first, second) -> second)
          .orElseThrow();
    }

    private void happens(CoreInput input, Instant at) {
      ExecutionState before = execution.state();
      List<Fact> decidedBefore = execution.decide(input, at);
      List<String> sentBefore = bytes(messagesOf(before, decidedBefore, at));
      PlayedExecution.Transition result = execution.happens(input, at);

      assertThat(result.facts()).as("facts of %s", input).isNotEmpty();
      assertThat(result.facts()).as("decided again").isEqualTo(decidedBefore);
      assertThat(bytes(result.messages())).as("sent again").isEqualTo(sentBefore);
      assertThat(historyBytes(result.facts(), at)).isEqualTo(historyBytes(decidedBefore, at));
      history.addAll(result.facts());
      result.facts().forEach(this::watch);
      result.messages().forEach(this::watch);
      if (end.isPresent() || history.size() % REBUILT_EVERY == 0) {
        isWhatItsFactsAddUpTo();
      }
      hasNoImpossibleStep();
      hasNoScopeLeftOpen();
      countsItsSteps();
    }

    private void hasNoScopeLeftOpen() {
      if (isCompensating()) {
        return; // what was around a step that is awaited leads nowhere any more
      }
      execution
          .pieces()
          .scopes()
          .filter(scope -> scope.owner().isPresent() && !left.contains(scope))
          .forEach(
              scope ->
                  assertThat(Steps.current(execution.state(), scope.owner().get()))
                      .as("owner of %s", scope)
                      .get()
                      .matches(step -> waitsFor(step, scope.slot())));
    }

    private static boolean waitsFor(StepState step, String slot) {
      return switch (step) {
        case StepState.Inside inside -> inside.slot().equals(slot);
        case StepState.Forked forked -> forked.running().contains(slot);
        case StepState.Iterating all -> Integer.parseInt(slot) < all.next();
        default -> false;
      };
    }

    /** What is counted is what is there. */
    private void countsItsSteps() {
      ExecutionState state = execution.state();
      Optional<ExecutionControl> control = execution.pieces().control();
      if (control.isEmpty() || control.get().isEnded()) {
        return;
      }
      OpenSteps counted = OpenSteps.NONE;
      for (OpenStep step : state.openSteps()) {
        counted = counted.changed(Optional.empty(), Optional.of(step.kind()));
      }
      assertThat(control.get().open()).isEqualTo(counted);
      if (!isCompensating()) {
        state.scopes(ScopePath.ROOT).forEach(this::countsItsRounds);
      }
    }

    private boolean isCompensating() {
      return execution.pieces().control().map(ExecutionControl::isCompensating).orElse(false);
    }

    private void countsItsRounds(ScopePath path, Scope scope) {
      if (scope.step() instanceof StepState.Iterating all) {
        String inside = path.step(scope.stepId()) + "/";
        assertThat((long) all.running())
            .as("running rounds of %s", inside)
            .isEqualTo(
                execution
                    .pieces()
                    .scopes()
                    .filter(s -> s.owner().equals(Optional.of(path.step(scope.stepId()))))
                    .count());
        assertThat((long) all.dead())
            .as("dead steps in %s", inside)
            .isEqualTo(
                execution.state().openSteps().stream()
                    .filter(step -> step.kind() == OpenStep.Kind.DEAD)
                    .filter(step -> step.path().value().startsWith(inside))
                    .count());
      }
    }

    private List<Message> messagesOf(ExecutionState before, List<Fact> facts, Instant at) {
      Reaction reaction = new Reaction(execution.definitions());
      List<Message> messages = new ArrayList<>();
      ExecutionState state = before;
      for (Fact fact : facts) {
        state = Evolution.evolve(state, fact);
        messages.addAll(reaction.react(state, fact, PlayedExecution.PARTITION, at));
      }
      return messages;
    }

    private void watch(Fact fact) {
      boolean passive =
          fact instanceof Fact.InputIgnored
              || fact instanceof Fact.WakeUpSet
              || fact instanceof Fact.ExecutionForgotten;
      assertThat(passive || end.isEmpty()).as("%s after %s", fact, end).isTrue();
      saga.watch(fact, execution.workflow());
      switch (fact) {
        case Fact.ScopesLeft f -> left.addAll(f.scopes());
        case Fact.StepFailed f -> dead.add(f.path());
        case Fact.StepReopened f -> dead.remove(f.path());
        case Fact.StepCompleted f -> {
          assertThat(dead).as("steps whose failure was accepted").doesNotContain(f.path());
          assertThat(completed.merge(f.path(), 1, Integer::sum))
              .as("accepted outcomes of %s", f.path())
              .isEqualTo(1);
        }
        case Fact.BranchTaken f ->
            assertThat(completed).as("branches after the end").doesNotContainKey(f.path());
        case Fact.AttemptRequested f ->
            assertThat(completed).as("requests after the output").doesNotContainKey(f.path());
        case Fact.ExecutionCompleted ignored -> end = Optional.of(ExecutionStatus.COMPLETED);
        case Fact.ExecutionCancelled ignored -> end = Optional.of(ExecutionStatus.CANCELLED);
        case Fact.ExecutionFailed ignored -> end = Optional.of(ExecutionStatus.FAILED);
        case Fact.ExecutionCompensated ignored -> end = Optional.of(ExecutionStatus.COMPENSATED);
        default -> {} // says nothing about an end
      }
    }

    private void watch(Message message) {
      if (message instanceof Message.Command command) {
        StepRequested request = command.request();
        commands.add(request);
        schedule.sent(request);
        String key = request.id().idempotencyKey();
        String call = request.id().path() + "#" + request.id().generation();
        assertThat(idempotencyKeys.merge(call, key, (first, next) -> first))
            .as("idempotency key of %s", request.id())
            .isEqualTo(key);
        String sent = request.version() + request.context();
        assertThat(contents.merge(call, sent, (first, next) -> first))
            .as("what goes out under the idempotency key of %s", request.id())
            .isEqualTo(sent);
        assertThat(commands.stream().filter(other -> other.id().equals(request.id())))
            .as("commands with one identity")
            .hasSize(1);
      }
    }

    /** Rebuilt from nothing but its history. */
    private void isWhatItsFactsAddUpTo() {
      ExecutionState rebuilt = ExecutionState.of(execution.id(), Pieces.NONE);
      for (Fact fact : history) {
        rebuilt = Evolution.evolve(rebuilt, fact);
      }
      MemoryPieces pieces = new MemoryPieces();
      pieces.apply(rebuilt.changes());
      assertThat(pieces.shown()).isEqualTo(execution.pieces().shown());
    }

    private void hasNoImpossibleStep() {
      execution.pieces().control().ifPresent(this::hasNoImpossibleStep);
    }

    private void hasNoImpossibleStep(ExecutionControl control) {
      for (OpenStep open : execution.state().openSteps()) {
        StepState step = Steps.current(execution.state(), open.path()).orElseThrow();
        assertThat(
                Situation.impossible(
                    step.getClass().getSimpleName(), control.phase().getClass().getSimpleName()))
            .as("%s in phase %s", step, control.phase())
            .isEmpty();
      }
    }

    private static List<String> bytes(List<Message> messages) {
      return messages.stream().map(Play::bytes).toList();
    }

    private static String bytes(Message message) {
      return switch (message) {
        case Message.Command command -> "command " + text(MessageCodec.encode(command.request()));
        case Message.DeadCommand dead ->
            "dead " + text(MessageCodec.encode(dead.request())) + dead.error();
        case Message.WakeUpMoved moved -> moved.toString();
      };
    }

    private String historyBytes(List<Fact> facts, Instant at) {
      return text(
          MessageCodec.encode(
              new HistoryRecord(
                  execution.id(),
                  execution.workflow().name(),
                  Optional.of(execution.workflow().version()),
                  history.size(),
                  at,
                  Optional.empty(),
                  Optional.empty(),
                  facts)));
    }

    private static String text(Encoded encoded) {
      return new String(encoded.value(), StandardCharsets.UTF_8);
    }
  }
}
