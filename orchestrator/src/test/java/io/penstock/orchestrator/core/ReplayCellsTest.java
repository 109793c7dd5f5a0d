package io.penstock.orchestrator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every cell of step state × phase × kind of step, for replays that change something. They do what
 * {@link TransitionTable} says of a plain one, or nothing; when nothing, is told here.
 */
class ReplayCellsTest {
  private static final String OTHER = "2.0.0";
  private static final String REFUSED = "-not_applicable";

  static Stream<Situation> situations() {
    return Situation.all().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("situations")
  void an_edit_needs_a_dead_step_that_a_worker_does(Situation situation) {
    String plain = plain(situation);
    boolean hasRequest =
        plain.contains("reopened")
            && !Set.of(KindOfStep.FOREACH, KindOfStep.WAIT).contains(situation.kind());
    PlayedExecution execution = situation.played();
    assertThat(
            ResultKind.of(
                execution
                    .happens(Happening.replayEdited("[{'op':'add','path':'/edited','value':true}]"))
                    .facts()))
        .isEqualTo(hasRequest || plain.startsWith("-") ? plain : REFUSED);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("situations")
  void a_move_needs_that_no_command_is_out(Situation situation) {
    String plain = plain(situation);
    PlayedExecution execution = situation.played();
    execution.knows(Defined.inVersion(OTHER, execution.workflow()));
    boolean out =
        execution.pieces().control().map(control -> control.open().requested() > 0).orElse(false);
    assertThat(ResultKind.of(execution.happens(Happening.replayWith(OTHER)).facts()))
        .isEqualTo(plain.startsWith("-") ? plain : out ? REFUSED : "moved+" + plain);
  }

  private static String plain(Situation situation) {
    return TransitionTable.expected().get(situation.toString()).get("replay");
  }
}
