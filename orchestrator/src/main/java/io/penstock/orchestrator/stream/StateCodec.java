package io.penstock.orchestrator.stream;

import io.penstock.orchestrator.core.ExecutionControl;
import io.penstock.orchestrator.core.OpenStep;
import io.penstock.orchestrator.core.Output;
import io.penstock.orchestrator.core.Phase;
import io.penstock.orchestrator.core.Scope;
import io.penstock.orchestrator.core.StepState;
import io.penstock.orchestrator.core.Try;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Pieces of state as bytes. Written at each transition and never looked at by anybody else, hence
 * binary: each begins with the version of its form, and a newer reader keeps reading older forms.
 */
final class StateCodec {
  private static final int FORM = 1;

  private StateCodec() {}

  static byte[] write(ExecutionControl control) {
    BinaryWriter out = new BinaryWriter(FORM);
    out.text(control.workflow());
    out.text(control.version());
    switch (control.phase()) {
      case Phase.Active ignored -> out.tag('a');
      case Phase.Paused ignored -> out.tag('p');
      case Phase.Broken broken -> {
        out.tag('b');
        error(out, broken.error());
      }
      case Phase.Ended ended -> {
        out.tag('e');
        out.text(ended.status().name());
      }
    }
    out.number(control.open().size());
    for (OpenStep step : control.open()) {
      out.text(step.path().value());
      out.text(step.kind().name());
      out.instant(step.due());
    }
    out.flag(control.wakeUp().isPresent());
    control.wakeUp().ifPresent(out::instant);
    return out.bytes();
  }

  static ExecutionControl readControl(byte[] bytes) {
    BinaryReader in = new BinaryReader(bytes, FORM);
    String workflow = in.text();
    String version = in.text();
    Phase phase =
        switch (in.tag()) {
          case 'a' -> new Phase.Active();
          case 'p' -> new Phase.Paused();
          case 'b' -> new Phase.Broken(error(in));
          case 'e' -> new Phase.Ended(ExecutionStatus.valueOf(in.text()));
          default -> throw in.unknown();
        };
    int count = in.number();
    List<OpenStep> open = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      open.add(
          new OpenStep(new StepPath(in.text()), OpenStep.Kind.valueOf(in.text()), in.instant()));
    }
    Optional<Instant> wakeUp = in.flag() ? Optional.of(in.instant()) : Optional.empty();
    return new ExecutionControl(workflow, version, phase, open, wakeUp);
  }

  static byte[] write(Scope scope) {
    BinaryWriter out = new BinaryWriter(FORM);
    out.text(scope.stepId());
    switch (scope.step()) {
      case StepState.Requested s -> {
        out.tag('r');
        attempt(out, s.current());
      }
      case StepState.Waiting s -> {
        out.tag('w');
        attempt(out, s.next());
        out.instant(s.due());
      }
      case StepState.Held s -> {
        out.tag('h');
        attempt(out, s.next());
      }
      case StepState.Inside s -> {
        out.tag('i');
        out.text(s.slot());
        out.flag(s.caught().isPresent());
        s.caught().ifPresent(caught -> error(out, caught));
      }
      case StepState.Dead s -> {
        out.tag('d');
        attempt(out, s.last());
        error(out, s.error());
      }
      case StepState.Done ignored -> out.tag('f');
    }
    return out.bytes();
  }

  static Scope readScope(byte[] bytes) {
    BinaryReader in = new BinaryReader(bytes, FORM);
    String stepId = in.text();
    StepState step =
        switch (in.tag()) {
          case 'r' -> new StepState.Requested(attempt(in));
          case 'w' -> new StepState.Waiting(attempt(in), in.instant());
          case 'h' -> new StepState.Held(attempt(in));
          case 'i' ->
              new StepState.Inside(
                  in.text(), in.flag() ? Optional.of(error(in)) : Optional.empty());
          case 'd' -> new StepState.Dead(attempt(in), error(in));
          case 'f' -> new StepState.Done();
          default -> throw in.unknown();
        };
    return new Scope(stepId, step);
  }

  static byte[] write(Output output) {
    BinaryWriter out = new BinaryWriter(FORM);
    out.flag(output.of().isPresent());
    output.of().ifPresent(path -> out.text(path.value()));
    out.json(output.own());
    return out.bytes();
  }

  static Output readOutput(byte[] bytes) {
    BinaryReader in = new BinaryReader(bytes, FORM);
    Optional<StepPath> of = in.flag() ? Optional.of(new StepPath(in.text())) : Optional.empty();
    return new Output(in.json(), of);
  }

  private static void attempt(BinaryWriter out, Try attempt) {
    out.number(attempt.generation());
    out.number(attempt.attempt());
    out.number(attempt.delivery());
    out.number(attempt.firstAttempt());
    out.flag(attempt.ticket().isPresent());
    attempt.ticket().ifPresent(out::text);
  }

  private static Try attempt(BinaryReader in) {
    return new Try(
        in.number(),
        in.number(),
        in.number(),
        in.number(),
        in.flag() ? Optional.of(in.text()) : Optional.empty());
  }

  private static void error(BinaryWriter out, StepError error) {
    out.text(error.type().id());
    out.text(error.message());
    out.flag(error.retriable());
  }

  private static StepError error(BinaryReader in) {
    return new StepError(ErrorType.find(in.text()).orElseThrow(), in.text(), in.flag());
  }
}
