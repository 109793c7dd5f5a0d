package io.penstock.worker.runtime;

import io.penstock.schema.json.Json;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.secret.Scrubber;
import java.util.Optional;

/** What may leave a worker: nothing over the limit, nothing secret. */
final class OutcomeLimits {
  /** Largest output, in bytes of JSON. */
  static final int MAX_OUTPUT_BYTES = 256 * 1024;

  private final Scrubber scrubber;

  OutcomeLimits(Scrubber scrubber) {
    this.scrubber = scrubber;
  }

  AttemptResult applyTo(AttemptResult result) {
    return new AttemptResult(
        switch (result.result()) {
          case StepOutcome.Succeeded succeeded -> limited(succeeded);
          case StepOutcome.Failed failed ->
              new StepOutcome.Failed(
                  new StepError(
                      failed.error().type(),
                      scrubber.scrub(failed.error().message()),
                      failed.error().retriable()),
                  failed.retryAfter());
          case StepOutcome.Deferred deferred -> deferred;
        },
        result.usage());
  }

  private StepOutcome.Result limited(StepOutcome.Succeeded succeeded) {
    int bytes = succeeded.output().sizeBytes();
    if (bytes > MAX_OUTPUT_BYTES) {
      return new StepOutcome.Failed(
          StepError.of(
              ErrorType.TOO_LARGE,
              "the output has %d bytes; at most %d may be kept".formatted(bytes, MAX_OUTPUT_BYTES)),
          Optional.empty());
    }
    Json clean = scrubber.scrub(succeeded.output());
    // Without its parsed form, which is several times as large: outcomes are remembered.
    return new StepOutcome.Succeeded(Json.trusted(clean.utf8()));
  }
}
