package io.penstock.orchestrator.stream;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pieces of state as bytes. Written at each transition and never looked at by anybody else, hence
 * binary: each begins with the version of its form, and a newer reader keeps reading older forms.
 */
final class StateCodec {
  /**
   * In form 1 the control listed the open steps, and nothing was gathered; up to form 2 retries
   * were not limited in time, executions had no deadline, nothing could be undone, and requests
   * were not edited.
   */
  private static final int FORM = 3;

  private StateCodec() {}

  static byte[] write(ExecutionControl control) {
    BinaryWriter out = new BinaryWriter(FORM);
    out.text(control.workflow());
    out.text(control.version());
    switch (control.phase()) {
      case Phase.Active ignored -> out.tag('a');
      case Phase.Paused ignored -> out.tag('p');
      case Phase.Broken broken -> {
        out.tag(broken.paused() ? 'q' : 'b');
        error(out, broken.error());
      }
      case Phase.Ended ended -> {
        out.tag('e');
        out.text(ended.status().name());
      }
    }
    out.number(control.open().requested());
    out.number(control.open().waiting());
    out.number(control.open().held());
    out.number(control.open().dead());
    out.flag(control.wakeUp().isPresent());
    control.wakeUp().ifPresent(out::instant);
    out.flag(control.deadline().isPresent());
    control.deadline().ifPresent(out::instant);
    step(out, control.compensations().newest());
    out.flag(control.compensations().underWay());
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
          case 'b' -> new Phase.Broken(error(in), false);
          case 'q' -> new Phase.Broken(error(in), true);
          case 'e' -> new Phase.Ended(ExecutionStatus.valueOf(in.text()));
          default -> throw in.unknown();
        };
    OpenSteps open =
        in.form() == 1
            ? listed(in)
            : new OpenSteps(in.number(), in.number(), in.number(), in.number());
    Optional<Instant> wakeUp = in.flag() ? Optional.of(in.instant()) : Optional.empty();
    Optional<Instant> deadline =
        in.form() > 2 && in.flag() ? Optional.of(in.instant()) : Optional.empty();
    CompensationList compensations =
        in.form() > 2
            ? new CompensationList(step(in), in.flag())
            : new CompensationList(Optional.empty(), false);
    return new ExecutionControl(workflow, version, phase, open, wakeUp, deadline, compensations);
  }

  private static OpenSteps listed(BinaryReader in) {
    Map<String, Integer> counts = new HashMap<>();
    int count = in.number();
    for (int i = 0; i < count; i++) {
      in.text(); // its path
      counts.merge(in.text(), 1, Integer::sum);
      in.instant(); // when it was due
    }
    return new OpenSteps(
        counts.getOrDefault("REQUESTED", 0),
        counts.getOrDefault("WAITING", 0),
        counts.getOrDefault("HELD", 0),
        counts.getOrDefault("DEAD", 0));
  }

  static byte[] write(Scope scope) {
    BinaryWriter out = new BinaryWriter(FORM);
    out.text(scope.stepId());
    switch (scope.step()) {
      case StepState.Requested s -> {
        out.tag('r');
        attempt(out, s.current());
        out.instant(s.due());
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
      case StepState.Sleeping s -> {
        out.tag('s');
        out.instant(s.until());
      }
      case StepState.Inside s when s.caught().flatMap(Caught::around).isPresent() -> {
        out.tag('a');
        out.text(s.slot());
        caughtInside(out, s.caught().get());
      }
      case StepState.Inside s when s.caught().isPresent() -> {
        out.tag('c');
        out.text(s.slot());
        caught(out, s.caught().get());
      }
      case StepState.Inside s -> {
        out.tag('i');
        out.text(s.slot());
        out.flag(false);
      }
      case StepState.Forked s -> {
        out.tag('p');
        texts(out, s.running());
        texts(out, s.ended());
        out.number(s.failed());
      }
      case StepState.Iterating s -> {
        out.tag('e');
        out.number(s.rounds());
        out.number(s.next());
        out.number(s.running());
        out.number(s.failed());
        out.number(s.dead());
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
          case 'r' ->
              // Form 1 did not say when: handed out again when the execution's timer fires.
              new StepState.Requested(attempt(in), in.form() == 1 ? Instant.EPOCH : in.instant());
          case 'w' -> new StepState.Waiting(attempt(in), in.instant());
          case 'h' -> new StepState.Held(attempt(in));
          case 's' -> new StepState.Sleeping(in.instant());
          case 'a' -> new StepState.Inside(in.text(), Optional.of(caughtInside(in)));
          case 'c' -> new StepState.Inside(in.text(), Optional.of(caught(in)));
          case 'i' ->
              // An error stands here only from before it was noted which step had failed.
              new StepState.Inside(
                  in.text(),
                  in.flag()
                      ? Optional.of(new Caught(error(in), Optional.empty(), 0))
                      : Optional.empty());
          case 'p' -> new StepState.Forked(texts(in), texts(in), in.number());
          case 'e' ->
              new StepState.Iterating(
                  in.number(), in.number(), in.number(), in.number(), in.number());
          case 'd' -> new StepState.Dead(attempt(in), error(in));
          case 'f' -> new StepState.Done();
          default -> throw in.unknown();
        };
    return new Scope(stepId, step);
  }

  static byte[] write(Output output) {
    BinaryWriter out = new BinaryWriter(FORM);
    step(out, output.of());
    out.json(output.own());
    switch (output.gathered().orElse(null)) {
      case null -> out.tag('n');
      case Gathered.Branches branches -> {
        out.tag('b');
        out.number(branches.lastSteps().size());
        branches
            .lastSteps()
            .forEach(
                (name, last) -> {
                  out.text(name);
                  out.text(last.value());
                });
      }
      case Gathered.Rounds rounds -> {
        out.tag('r');
        out.number(rounds.rounds());
        out.number(rounds.failed());
        out.text(rounds.lastStep());
      }
    }
    step(out, output.before());
    return out.bytes();
  }

  static Output readOutput(byte[] bytes) {
    BinaryReader in = new BinaryReader(bytes, FORM);
    Optional<StepPath> of = step(in);
    Json own = in.json();
    Gathered gathered =
        switch (in.form() == 1 ? 'n' : in.tag()) {
          case 'n' -> null;
          case 'b' -> new Gathered.Branches(lastSteps(in));
          case 'r' -> new Gathered.Rounds(in.number(), in.number(), in.text());
          default -> throw in.unknown();
        };
    Optional<StepPath> before = in.form() > 2 ? step(in) : Optional.empty();
    return new Output(own, of, Optional.ofNullable(gathered), before);
  }

  private static void step(BinaryWriter out, Optional<StepPath> path) {
    out.flag(path.isPresent());
    path.ifPresent(step -> out.text(step.value()));
  }

  private static Optional<StepPath> step(BinaryReader in) {
    return in.flag() ? Optional.of(new StepPath(in.text())) : Optional.empty();
  }

  private static Map<String, StepPath> lastSteps(BinaryReader in) {
    Map<String, StepPath> lastSteps = new LinkedHashMap<>();
    int count = in.number();
    for (int i = 0; i < count; i++) {
      lastSteps.put(in.text(), new StepPath(in.text()));
    }
    return lastSteps;
  }

  /** One behind the other, so that a round takes its item out without parsing the others. */
  static byte[] write(ItemSlice slice) {
    BinaryWriter out = new BinaryWriter(FORM);
    out.number(slice.items().size());
    slice.items().forEach(out::json);
    return out.bytes();
  }

  static ItemSlice readItems(byte[] bytes) {
    BinaryReader in = new BinaryReader(bytes, FORM);
    int count = in.number();
    List<Json> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      items.add(in.json());
    }
    return new ItemSlice(items);
  }

  private static void texts(BinaryWriter out, List<String> texts) {
    out.number(texts.size());
    texts.forEach(out::text);
  }

  private static List<String> texts(BinaryReader in) {
    int count = in.number();
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(in.text());
    }
    return texts;
  }

  private static void attempt(BinaryWriter out, Try attempt) {
    out.number(attempt.generation());
    out.number(attempt.attempt());
    out.number(attempt.delivery());
    out.number(attempt.firstAttempt());
    out.flag(attempt.ticket().isPresent());
    attempt.ticket().ifPresent(out::text);
    out.flag(attempt.since().isPresent());
    attempt.since().ifPresent(out::instant);
    out.flag(attempt.patch().isPresent());
    attempt.patch().ifPresent(out::json);
  }

  private static Try attempt(BinaryReader in) {
    return new Try(
        in.number(),
        in.number(),
        in.number(),
        in.number(),
        in.flag() ? Optional.of(in.text()) : Optional.empty(),
        in.form() > 2 && in.flag() ? Optional.of(in.instant()) : Optional.empty(),
        in.form() > 2 && in.flag() ? Optional.of(in.json()) : Optional.empty());
  }

  private static void caught(BinaryWriter out, Caught caught) {
    error(out, caught.error());
    out.flag(caught.step().isPresent());
    caught.step().ifPresent(path -> out.text(path.value()));
    out.number(caught.attempt());
  }

  private static Caught caught(BinaryReader in) {
    return new Caught(
        error(in),
        in.flag() ? Optional.of(new StepPath(in.text())) : Optional.empty(),
        in.number());
  }

  /** With what was handled around it. */
  private static void caughtInside(BinaryWriter out, Caught caught) {
    caught(out, caught);
    out.flag(caught.around().isPresent());
    caught.around().ifPresent(around -> caughtInside(out, around));
  }

  private static Caught caughtInside(BinaryReader in) {
    Caught caught = caught(in);
    return new Caught(
        caught.error(),
        caught.step(),
        caught.attempt(),
        in.flag() ? Optional.of(caughtInside(in)) : Optional.empty());
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
