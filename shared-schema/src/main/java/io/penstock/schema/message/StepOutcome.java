package io.penstock.schema.message;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.penstock.schema.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What came of one delivery of a command. Written by a worker to the input partition whose number
 * stood in the command.
 *
 * @param startedAt worker's clock, for durations only
 * @param worker which worker process, for people
 */
public record StepOutcome(
    CommandId command,
    Result result,
    Optional<Usage> usage,
    Instant startedAt,
    Instant endedAt,
    String worker)
    implements Input {
  public StepOutcome {
    requireNonNull(command, "command");
    requireNonNull(result, "result");
    requireNonNull(startedAt, "startedAt");
    requireNonNull(endedAt, "endedAt");
    requireNonNull(worker, "worker");
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Succeeded.class, name = "succeeded"),
    @JsonSubTypes.Type(value = Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = Deferred.class, name = "deferred")
  })
  public sealed interface Result {}

  /**
   * @param output of kind {@code route}: {@code {"branch": index}}, or {@code {"branch": -1}} when
   *     no branch matched
   */
  public record Succeeded(Json output) implements Result {
    public Succeeded {
      requireNonNull(output, "output");
    }
  }

  /**
   * @param retryAfter the other side's wish, relative to the end of the attempt
   */
  public record Failed(StepError error, Optional<Duration> retryAfter) implements Result {
    public Failed {
      requireNonNull(error, "error");
    }
  }

  /**
   * The call was not made: a rate limit is reached, a circuit is open, or workers died on this
   * command. Costs no attempt; the same attempt is delivered again.
   *
   * @param delay to wait, counted from the outcome's broker time
   * @param ticket a reserved slot that the next delivery brings back
   */
  public record Deferred(Duration delay, String reason, Optional<String> ticket) implements Result {
    public Deferred {
      requireNonNull(delay, "delay");
      requireNonNull(reason, "reason");
    }
  }
}
