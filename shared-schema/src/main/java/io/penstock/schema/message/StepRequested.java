package io.penstock.schema.message;

import static java.util.Objects.requireNonNull;

import io.penstock.schema.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The command to make one attempt.
 *
 * <p>A command whose step runs inside a {@code catch} has the fallback's own path, e.g. {@code
 * score/catch0/fallback}; {@code io.penstock.schema.definition.Workflow#step} finds its definition.
 *
 * @param version of the workflow; the definition of the step stands there
 * @param replyPartition partition of {@code penstock.inputs} to which the outcome must go
 * @param timeout of the step; empty means the Api's, Channel's or Model's own
 * @param context only the parts of input and earlier outputs that the step's expressions name, in
 *     the shape in which expressions see them: {@code {"input":…,"steps":{"x":{"output":…}}}}
 * @param requestedAt broker time of the input that led to this command
 * @param ticket from an earlier deferral of this attempt
 */
public record StepRequested(
    CommandId id,
    StepKind kind,
    String workflow,
    String version,
    int replyPartition,
    Optional<Duration> timeout,
    Json context,
    Instant requestedAt,
    Optional<String> ticket) {
  /** A longer or negative timeout cannot come from a definition, and counts as none. */
  private static final Duration LONGEST = Duration.ofDays(1);

  public StepRequested {
    requireNonNull(id, "id");
    requireNonNull(kind, "kind");
    requireNonNull(workflow, "workflow");
    requireNonNull(version, "version");
    requireNonNull(context, "context");
    requireNonNull(requestedAt, "requestedAt");
    timeout = timeout.filter(limit -> !limit.isNegative() && limit.compareTo(LONGEST) <= 0);
    if (replyPartition < 0) {
      throw new IllegalArgumentException("no partition has the number " + replyPartition);
    }
  }
}
