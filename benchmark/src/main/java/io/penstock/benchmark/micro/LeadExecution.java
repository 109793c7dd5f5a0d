package io.penstock.benchmark.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.orchestrator.core.CoreInput;
import io.penstock.orchestrator.core.Evolution;
import io.penstock.orchestrator.core.ExecutionDecider;
import io.penstock.orchestrator.core.ExecutionState;
import io.penstock.orchestrator.core.Message;
import io.penstock.orchestrator.core.Pieces;
import io.penstock.orchestrator.core.Reaction;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.json.Json;
import io.penstock.schema.language.DefinitionReader;
import io.penstock.schema.language.Located;
import io.penstock.schema.message.EventAccepted;
import io.penstock.schema.message.EventKey;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepRequested;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One lead on its way through the core, without a broker: decide, evolve, react. */
final class LeadExecution {
  private static final Instant BEGIN = Instant.parse("2026-01-01T10:00:00Z");
  private static final Duration A_STEP_LATER = Duration.ofMillis(5);
  private static final int PARTITION = 0;

  private final ExecutionId id;
  private final EventAccepted event;
  private final ExecutionDecider decider;
  private final Reaction reaction;

  LeadExecution() {
    Workflow workflow = workflow();
    EventKey key = EventKey.of("lead", "lead-1", Optional.empty());
    id = ExecutionId.of(workflow.name(), key);
    event =
        new EventAccepted(
            "lead",
            "lead-1",
            "lead.created",
            Optional.empty(),
            Optional.empty(),
            BEGIN,
            Optional.empty(),
            json(
                "{\"id\":\"lead-1\",\"email\":\"lead1@example.test\",\"message\":\"Please call me\"}"),
            List.of(new EventAccepted.Start(workflow.name(), workflow.version().toString(), id)));
    decider = new ExecutionDecider((name, version) -> Optional.of(workflow));
    reaction = new Reaction((name, version) -> Optional.of(workflow));
  }

  private static Workflow workflow() {
    return DefinitionReader.read("lead.yaml", Resources.text("/lead.yaml").getBytes(UTF_8))
        .definitions()
        .stream()
        .map(Located::definition)
        .filter(Workflow.class::isInstance)
        .map(Workflow.class::cast)
        .findFirst()
        .orElseThrow();
  }

  /**
   * @param messages what must be told to others, in order
   */
  record Moved(ExecutionState state, List<Fact> facts, List<Message> messages) {
    /** The command that the execution now waits for. */
    StepRequested command() {
      return messages.stream()
          .filter(Message.Command.class::isInstance)
          .map(message -> ((Message.Command) message).request())
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no command follows from " + facts));
    }
  }

  Moved start() {
    return move(
        ExecutionState.of(id, Pieces.NONE),
        new CoreInput.StartRequested(event, event.starts().getFirst(), false),
        BEGIN);
  }

  Moved succeed(Moved before, Json output) {
    Instant now = before.command().requestedAt().plus(A_STEP_LATER);
    StepOutcome outcome =
        new StepOutcome(
            before.command().id(),
            new StepOutcome.Succeeded(output),
            Optional.empty(),
            now,
            now,
            "benchmark");
    return move(before.state(), new CoreInput.OutcomeReceived(outcome), now);
  }

  private Moved move(ExecutionState from, CoreInput input, Instant now) {
    List<Fact> facts = decider.decide(from, input, now);
    List<Message> messages = new ArrayList<>();
    ExecutionState state = from;
    for (Fact fact : facts) {
      state = Evolution.evolve(state, fact);
      messages.addAll(reaction.react(state, fact, PARTITION, now));
    }
    return new Moved(state, facts, messages);
  }

  static Json json(String text) {
    return Json.trusted(text.getBytes(UTF_8));
  }
}
