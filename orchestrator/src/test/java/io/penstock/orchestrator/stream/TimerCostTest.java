package io.penstock.orchestrator.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.orchestrator.core.CoreInput;
import io.penstock.orchestrator.core.Definitions;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.language.DefinitionReader;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepRequested;
import io.penstock.schema.message.TimerDue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a timer reads of an execution does not depend on how many rounds of a foreach have ended. A
 * range over their keys does, however few entries it gives: what was deleted is walked over.
 */
class TimerCostTest {
  private static final int CONCURRENCY = 5;
  private static final Duration DEFERRAL = Duration.ofSeconds(10);

  private static final String CAMPAIGN =
      """
      kind: Workflow
      name: campaign
      version: 1.0.0
      on: [{source: crm, type: contact.created}]
      steps:
        - id: each
          foreach:
            items: input.contacts
            as: contact
            concurrency: %d
            steps:
              - id: call
                enrich: {api: apollo, request: {method: POST, path: /x, body: "{{ contact }}"}}
      """
          .formatted(CONCURRENCY);

  private static final Definitions DEFINITIONS =
      (name, version) ->
          Optional.of(
              (Workflow)
                  DefinitionReader.read("test.yaml", CAMPAIGN.getBytes(UTF_8))
                      .definitions()
                      .getFirst()
                      .definition());

  @TempDir Path directory;

  /** What two timers read, the second one of the same owner of the partition. */
  private record Reads(int firstRanges, int firstGets, int secondRanges, int secondGets) {}

  @Test
  void open_scopes_are_looked_for_once_and_then_known() {
    Reads few = afterRounds(200); // no longer one pack, in which nothing is looked for
    Reads many = afterRounds(600);

    assertThat(many.firstRanges()).as("looks for open scopes").isEqualTo(1);
    assertThat(many.secondRanges()).as("further looks").isZero();
    assertThat(many).isEqualTo(few);
  }

  private Reads afterRounds(int ended) {
    try (TopologyHarness topology = new TopologyHarness(directory.resolve("" + ended), 0)) {
      topology.define(CAMPAIGN);
      ExecutionId execution = putsOffAllThatIsOpen(topology, ended);
      CountedStore counted = new CountedStore(topology.store());
      OpenScopes open = new OpenScopes(counted.store());

      fire(counted, open, execution, topology.now().plus(DEFERRAL));
      int ranges = counted.ranges();
      int gets = counted.gets();
      fire(counted, open, execution, topology.now().plus(Duration.ofHours(2))); // nobody answered
      return new Reads(ranges, gets, counted.ranges(), counted.gets());
    }
  }

  private static ExecutionId putsOffAllThatIsOpen(TopologyHarness topology, int ended) {
    String contacts =
        IntStream.range(0, ended + CONCURRENCY)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(",", "{\"contacts\":[", "]}"));
    ExecutionId execution = topology.event("e1", "campaign", "1.0.0", contacts);
    List<StepRequested> commands = topology.commands(StepKind.ENRICH);
    for (int answered = 0; answered < ended; answered += commands.size()) {
      commands.forEach(command -> topology.succeeds(command.id(), "1"));
      commands = topology.commands(StepKind.ENRICH);
    }
    for (StepRequested command : commands) {
      topology.outcome(
          command.id(), new StepOutcome.Deferred(DEFERRAL, "rate limit", Optional.empty()));
    }
    return execution;
  }

  private static void fire(
      CountedStore counted, OpenScopes open, ExecutionId execution, Instant at) {
    Instant due =
        new StoredPieces(counted.store(), open, execution).control().orElseThrow().wakeUp().get();
    counted.gets();
    Transition fired =
        new Transitions(DEFINITIONS)
            .compute(
                new Place(0, 10_000, at),
                execution,
                new StoredPieces(counted.store(), open, execution),
                new CoreInput.TimerFired(new TimerDue(execution, due)));
    assertThat(fired.decided().facts().stream().filter(Fact.AttemptRequested.class::isInstance))
        .as("all that was put off goes out")
        .hasSize(CONCURRENCY);
    new StoredPieces(counted.store(), open, execution)
        .write(fired.changes(), Optional.empty(), new Leftovers(counted.store()));
  }
}
