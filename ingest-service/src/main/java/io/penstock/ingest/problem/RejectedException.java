package io.penstock.ingest.problem;

import java.util.Map;

/** Carries a {@link Rejection} to the place that answers it. Expected, so without a stack trace. */
public final class RejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Rejection rejection;

  public RejectedException(Rejection rejection) {
    super(rejection.reason().slug() + ": " + rejection.detail(), null, false, false);
    this.rejection = rejection;
  }

  public RejectedException(Reason reason, String detail) {
    this(Rejection.of(reason, detail));
  }

  public RejectedException(Reason reason, String detail, Map<String, Object> extensions) {
    this(new Rejection(reason, detail, extensions));
  }

  public Rejection rejection() {
    return rejection;
  }
}
