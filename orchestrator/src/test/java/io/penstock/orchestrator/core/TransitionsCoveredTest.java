package io.penstock.orchestrator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.message.Control;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepPath;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cell of step state × phase × input × kind of step has a defined result. */
class TransitionsCoveredTest {
  private static final List<String> INPUTS = Situation.INPUTS;

  static Stream<Situation> situations() {
    return Situation.all().stream();
  }

  @Test
  void no_cell_is_missing() {
    Map<String, Map<String, String>> table = TransitionTable.expected();
    TreeSet<String> missing = new TreeSet<>();
    for (Situation situation : Situation.all()) {
      Map<String, String> row = table.getOrDefault(situation.toString(), Map.of());
      INPUTS.stream()
          .filter(input -> !row.containsKey(input))
          .forEach(input -> missing.add(situation + " × " + input));
    }
    assertThat(missing).as("cells without an expectation").isEmpty();
  }

  @Test
  void no_line_is_about_a_situation_that_cannot_be() {
    assertThat(TransitionTable.expected().keySet())
        .containsExactlyInAnyOrderElementsOf(situations().map(Situation::toString).toList());
  }

  /** A new kind of input must get its columns: these are the ones that were thought of. */
  @Test
  void every_kind_of_input_has_its_columns() {
    assertThat(Situation.names(CoreInput.class))
        .containsExactlyInAnyOrder(
            "StartRequested", "OutcomeReceived", "TimerFired", "ControlReceived", "DecisionFailed");
    assertThat(Situation.names(StepOutcome.Result.class))
        .containsExactlyInAnyOrder("Succeeded", "Failed", "Deferred");
    assertThat(INPUTS).containsAll(Stream.of(Control.Verb.values()).map(Control.Verb::id).toList());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("situations")
  void a_past_leads_to_the_situation_that_is_named(Situation situation) {
    PlayedExecution execution = situation.played();
    assertThat(execution.pieces().control().map(control -> name(control.phase())))
        .isEqualTo(
            situation.phase().equals(Situation.NONE)
                ? Optional.empty()
                : Optional.of(situation.phase()));
    assertThat(stateOfX(execution, situation.kind())).isEqualTo(situation.state());
  }

  private static String stateOfX(PlayedExecution execution, KindOfStep kind) {
    StepPath x = new StepPath(kind.path());
    String leftBehind = execution.state().output(x).isPresent() ? "Done" : Situation.NONE;
    return Steps.current(execution.state(), x).map(TransitionsCoveredTest::name).orElse(leftBehind);
  }

  private static String name(Object state) {
    return state.getClass().getSimpleName();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("situations")
  void each_input_has_the_expected_kind_of_result(Situation situation) {
    Map<String, String> results = new LinkedHashMap<>();
    for (String input : TransitionTable.inputs()) {
      PlayedExecution execution = situation.played();
      results.put(input, ResultKind.of(execution.happens(situation.input(input)).facts()));
    }
    assertThat(results)
        .isEqualTo(TransitionTable.expected().getOrDefault(situation.toString(), Map.of()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("situations")
  void each_input_is_decided_alike_when_decided_again(Situation situation) {
    for (String input : INPUTS) {
      PlayedExecution execution = situation.played();
      Happening happening = situation.input(input);
      Instant at = happening.time().orElse(execution.now());
      List<Fact> first = execution.decide(happening.in(execution, at), at);
      assertThat(first).as(input).isNotEmpty();
      assertThat(execution.decide(happening.in(execution, at), at)).as(input).isEqualTo(first);
      assertThat(situation.played().decide(happening.in(execution, at), at))
          .as(input)
          .isEqualTo(first);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("situations")
  void an_end_is_final(Situation situation) {
    for (String input : INPUTS) {
      PlayedExecution execution = situation.played();
      execution.happens(situation.input(input));
      boolean over =
          execution.pieces().control().map(ExecutionControl::isEnded).orElse(true)
              && !situation.phase().equals(Situation.NONE);
      if (over) {
        for (String late : INPUTS) {
          if (!late.equals("start")) { // after the end the deduplication store says "seen before"
            assertThat(execution.happens(situation.input(late)).facts())
                .as(input + ", then " + late)
                .allMatch(TransitionsCoveredTest::changesNothing);
          }
        }
      }
    }
  }

  private static boolean changesNothing(Fact fact) {
    return fact instanceof Fact.InputIgnored
        || fact instanceof Fact.WakeUpSet
        || fact instanceof Fact.ExecutionForgotten;
  }
}
