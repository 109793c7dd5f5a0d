package io.penstock.schema.message;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.penstock.schema.json.Json;
import java.util.Locale;
import java.util.Optional;

/**
 * An operator's wish.
 *
 * @param id unique per wish, so that a repetition can be recognised
 * @param by who, for the audit in history
 * @param path the step meant, for verbs that mean one
 * @param patch with {@link Verb#REPLAY}: an edit (RFC 6902) of what the step's command carries, its
 *     {@link StepRequested#context}
 * @param version with {@link Verb#REPLAY}: the version of the workflow with which to go on
 */
public record Control(
    String id,
    ExecutionId execution,
    Verb verb,
    String by,
    String reason,
    Optional<StepPath> path,
    Optional<Json> patch,
    Optional<String> version)
    implements Input {
  public Control {
    requireNonNull(id, "id");
    requireNonNull(execution, "execution");
    requireNonNull(verb, "verb");
    requireNonNull(by, "by");
    requireNonNull(reason, "reason");
    patch = patch.filter(edit -> !edit.equals(Json.NULL));
  }

  /** One that leaves request and version as they are. */
  public Control(
      String id,
      ExecutionId execution,
      Verb verb,
      String by,
      String reason,
      Optional<StepPath> path) {
    this(id, execution, verb, by, reason, path, Optional.empty(), Optional.empty());
  }

  /** What the operator wants. */
  public enum Verb {
    /** End it now; what is in flight is not waited for. */
    CANCEL,
    /** Start no further step; outcomes of what is in flight still count. */
    PAUSE,
    RESUME,
    /** Try the dead step of a suspended execution again, from its state. */
    REPLAY,
    /** Undo what has completed, and end. */
    COMPENSATE,
    /** Try the failed compensations again. */
    RETRY_COMPENSATION,
    /** Go on without the failed compensations; what they would have undone stays done. */
    SKIP_COMPENSATION,
    /** Somebody has undone by hand what the failed compensations would have. */
    MARK_COMPENSATED;

    @JsonValue
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static Verb of(String id) {
      return valueOf(id.toUpperCase(Locale.ROOT));
    }
  }
}
