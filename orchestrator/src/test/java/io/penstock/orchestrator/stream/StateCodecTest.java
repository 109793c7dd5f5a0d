package io.penstock.orchestrator.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.orchestrator.core.Caught;
import io.penstock.orchestrator.core.CompensationList;
import io.penstock.orchestrator.core.ExecutionControl;
import io.penstock.orchestrator.core.ItemSlice;
import io.penstock.orchestrator.core.OpenSteps;
import io.penstock.orchestrator.core.Output;
import io.penstock.orchestrator.core.Phase;
import io.penstock.orchestrator.core.Scope;
import io.penstock.orchestrator.core.StepState;
import io.penstock.orchestrator.core.Try;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.Gathered;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepPath;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pieces of state come back as they were written, also those that an earlier version wrote. */
class StateCodecTest {
  private static final Instant DUE = Instant.parse("2026-01-01T10:00:00.123Z");
  private static final Try TRY =
      new Try(
          2,
          3,
          4,
          1,
          Optional.of("ticket"),
          Optional.of(DUE.minusSeconds(7)),
          Optional.of(Json.of(List.of(Map.of("op", "remove", "path", "/input/x")))));
  private static final StepError ERROR = StepError.of(ErrorType.QUOTA, "no");

  static Stream<StepState> states() {
    return Stream.of(
        new StepState.Requested(TRY, DUE),
        new StepState.Waiting(TRY, DUE),
        new StepState.Held(TRY),
        new StepState.Sleeping(DUE),
        new StepState.Inside("0", Optional.empty()),
        new StepState.Inside(
            "catch0", Optional.of(new Caught(ERROR, Optional.of(new StepPath("x/0/y")), 4))),
        new StepState.Inside("finally", Optional.of(new Caught(ERROR, Optional.empty(), 0))),
        new StepState.Inside(
            "catch1",
            Optional.of(
                new Caught(
                    ERROR,
                    Optional.of(new StepPath("x/catch0/y")),
                    4,
                    Optional.of(new Caught(ERROR, Optional.of(new StepPath("x")), 2))))),
        new StepState.Forked(List.of("a", "b"), List.of("c"), 1),
        new StepState.Iterating(10_000, 117, 100, 3, 1),
        new StepState.Dead(TRY, ERROR),
        new StepState.Done());
  }

  @ParameterizedTest
  @MethodSource("states")
  void a_scope_comes_back(StepState state) {
    Scope scope = new Scope("x", state);
    assertThat(StateCodec.readScope(StateCodec.write(scope))).isEqualTo(scope);
  }

  @Test
  void every_state_is_among_those_tried() {
    assertThat(states().map(Object::getClass).distinct().toList())
        .containsExactlyInAnyOrder(StepState.class.getPermittedSubclasses());
  }

  static Stream<Phase> phases() {
    return Stream.of(
        new Phase.Active(),
        new Phase.Paused(),
        new Phase.Broken(ERROR, false),
        new Phase.Broken(ERROR, true),
        new Phase.Ended(ExecutionStatus.FAILED));
  }

  @ParameterizedTest
  @MethodSource("phases")
  void a_control_comes_back(Phase phase) {
    ExecutionControl control =
        new ExecutionControl(
            "w",
            "1.0.0",
            phase,
            new OpenSteps(1, 200, 3, 4),
            Optional.of(DUE),
            Optional.of(DUE.plusSeconds(3)),
            new CompensationList(Optional.of(new StepPath("x/0/y")), true));
    assertThat(StateCodec.readControl(StateCodec.write(control))).isEqualTo(control);
  }

  static Stream<Output> outputs() {
    Map<String, StepPath> lastSteps = new LinkedHashMap<>();
    lastSteps.put("z", new StepPath("p/z/x"));
    lastSteps.put("a", new StepPath("p/a/y"));
    return Stream.of(
        new Output(Json.of(Map.of("a", 1)), Optional.empty(), Optional.empty()),
        new Output(Json.NULL, Optional.of(new StepPath("x/0/y")), Optional.empty()),
        new Output(Json.NULL, Optional.empty(), Optional.of(new Gathered.Branches(lastSteps))),
        new Output(
            Json.NULL, Optional.empty(), Optional.of(new Gathered.Rounds(10_000, 7, "last"))),
        new Output(
            Json.of("p7"), Optional.empty(), Optional.empty(), Optional.of(new StepPath("b"))));
  }

  @ParameterizedTest
  @MethodSource("outputs")
  void an_output_comes_back(Output output) {
    Output read = StateCodec.readOutput(StateCodec.write(output));
    assertThat(read).isEqualTo(output);
    assertThat(read).hasToString(output.toString()); // the order of branches included
  }

  @Test
  void items_come_back() {
    ItemSlice slice = new ItemSlice(List.of(Json.of(1L), Json.NULL, Json.of(Map.of("a", "b"))));
    assertThat(StateCodec.readItems(StateCodec.write(slice))).isEqualTo(slice);
  }

  @Test
  void a_control_that_listed_its_open_steps_is_counted() {
    BinaryWriter old = new BinaryWriter(1);
    old.text("w");
    old.text("1.0.0");
    old.tag('a');
    old.number(2);
    for (String kind : List.of("REQUESTED", "DEAD")) {
      old.text("some/0/path");
      old.text(kind);
      old.instant(DUE);
    }
    old.flag(false);
    assertThat(StateCodec.readControl(old.bytes()).open()).isEqualTo(new OpenSteps(1, 0, 0, 1));
  }

  @Test
  void a_catch_that_did_not_say_which_step_had_failed_is_read() {
    BinaryWriter old = new BinaryWriter(3);
    old.text("x");
    old.tag('i');
    old.text("catch0");
    old.flag(true);
    old.text("quota");
    old.text("no");
    old.flag(false);
    assertThat(StateCodec.readScope(old.bytes()).step())
        .isEqualTo(
            new StepState.Inside("catch0", Optional.of(new Caught(ERROR, Optional.empty(), 0))));
  }

  @Test
  void a_request_that_did_not_say_when_it_is_due_is_due() {
    BinaryWriter old = new BinaryWriter(1);
    old.text("x");
    old.tag('r');
    for (int number : new int[] {1, 2, 3, 1}) {
      old.number(number);
    }
    old.flag(false);
    assertThat(StateCodec.readScope(old.bytes()).step())
        .isEqualTo(new StepState.Requested(new Try(1, 2, 3, 1, Optional.empty()), Instant.EPOCH));
  }

  @Test
  void a_control_from_before_there_were_deadlines_is_read() {
    BinaryWriter old = new BinaryWriter(2);
    old.text("w");
    old.text("1.0.0");
    old.tag('a');
    for (int number : new int[] {1, 0, 0, 0}) {
      old.number(number);
    }
    old.flag(true);
    old.instant(DUE);
    assertThat(StateCodec.readControl(old.bytes()))
        .isEqualTo(
            new ExecutionControl(
                "w", "1.0.0", new Phase.Active(), new OpenSteps(1, 0, 0, 0), Optional.of(DUE)));
  }

  @Test
  void a_try_from_before_retries_were_limited_in_time_is_read() {
    BinaryWriter old = new BinaryWriter(2);
    old.text("x");
    old.tag('w');
    for (int number : new int[] {1, 2, 1, 1}) {
      old.number(number);
    }
    old.flag(false);
    old.instant(DUE);
    assertThat(StateCodec.readScope(old.bytes()).step())
        .isEqualTo(new StepState.Waiting(new Try(1, 2, 1, 1, Optional.empty()), DUE));
  }

  @Test
  void an_output_from_before_there_was_anything_to_gather_is_read() {
    BinaryWriter old = new BinaryWriter(1);
    old.flag(false);
    old.json(Json.of("ok"));
    assertThat(StateCodec.readOutput(old.bytes()))
        .isEqualTo(new Output(Json.of("ok"), Optional.empty(), Optional.empty()));
  }
}
