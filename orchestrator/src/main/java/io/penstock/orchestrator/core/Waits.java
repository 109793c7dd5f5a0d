package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.DurationText;
import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepPath;
import java.time.Duration;
import java.util.Optional;

/** Waits: time passes, and nobody works. A pause of the execution does not stop that time. */
final class Waits {
  private static final Duration LONGEST = Duration.ofDays(365);

  private final Decision decision;
  private final Progress progress;

  Waits(Decision decision, Progress progress) {
    this.decision = decision;
    this.progress = progress;
  }

  void begin(StepPath path, Action.Wait wait, Try next) {
    Optional<Duration> time;
    try {
      time = time(progress.evaluation().render(wait.time(), path.scope()));
    } catch (ExpressionException e) {
      progress.failures().giveUp(path, next.attempt(), noTime(e.getMessage()));
      return;
    }
    if (time.isEmpty()) {
      progress
          .failures()
          .giveUp(
              path,
              next.attempt(),
              noTime("no duration of at most %d days; give e.g. 10m".formatted(LONGEST.toDays())));
      return;
    }
    // Never at once: the same transition would have to go on with what comes behind, and so on.
    Duration atLeast = time.get().isZero() ? Duration.ofMillis(1) : time.get();
    decision.add(new Fact.WaitStarted(path, NextRetry.inWholeMillis(decision.now().plus(atLeast))));
  }

  void over(StepPath path) {
    progress.complete(path, Json.NULL, Optional.empty());
  }

  private static Optional<Duration> time(Json rendered) {
    return rendered.value() instanceof String text
        ? DurationText.parse(text)
            .filter(time -> !time.isNegative() && time.compareTo(LONGEST) <= 0)
        : Optional.empty();
  }

  private static StepError noTime(String why) {
    return StepError.of(ErrorType.EXPRESSION, "time to wait: " + why);
  }
}
