package io.penstock.schema.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/**
 * Why an attempt failed, in the words that a definition's {@code catch} uses. The first eight are
 * those of the Open Workflow Specification; all are problem types ({@link #uri()}).
 */
public enum ErrorType {
  /** The definition or its environment is wrong: unknown Api, missing secret. */
  CONFIGURATION("configuration", false),
  /** Data does not fit its schema. */
  VALIDATION("validation", false),
  /** An expression could not be evaluated. */
  EXPRESSION("expression", false),
  AUTHENTICATION("authentication", false),
  AUTHORIZATION("authorization", false),
  /** No answer in time. */
  TIMEOUT("timeout", true),
  /** No connection, or the other side answered that it cannot serve now. */
  COMMUNICATION("communication", true),
  /** The other side refused or answered nonsense. */
  RUNTIME("runtime", false),
  /** A quota that waiting will not refill. */
  QUOTA("quota", false),
  /** An answer, output or record over its limit. */
  TOO_LARGE("tooLarge", false),
  /** An address that the definition does not allow. */
  BLOCKED("blocked", false),
  /** No money left for it. */
  BUDGET("budget", false),
  /** A bug of ours. */
  INTERNAL("internal", false);

  private final String id;
  private final boolean retriable;

  ErrorType(String id, boolean retriable) {
    this.id = id;
    this.retriable = retriable;
  }

  @JsonValue
  public String id() {
    return id;
  }

  /** Whether another attempt may help, unless the outcome itself says otherwise. */
  public boolean retriableByDefault() {
    return retriable;
  }

  /** Problem type (RFC 9457) of this error. */
  public String uri() {
    return "urn:penstock:error:" + id;
  }

  public static Optional<ErrorType> find(String id) {
    return Arrays.stream(values()).filter(type -> type.id.equals(id)).findFirst();
  }

  @JsonCreator
  static ErrorType of(String id) {
    return find(id).orElseThrow(() -> new IllegalArgumentException("unknown error type: " + id));
  }
}
