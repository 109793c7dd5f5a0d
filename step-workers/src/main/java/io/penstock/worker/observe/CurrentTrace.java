package io.penstock.worker.observe;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.Optional;

/** The span in which this thread makes an attempt, for those who call the outside. */
public final class CurrentTrace {
  private CurrentTrace() {}

  /** As the W3C header {@code traceparent}; empty when tracing is off. */
  public static Optional<String> traceParent() {
    SpanContext span = Span.current().getSpanContext();
    return span.isValid()
        ? Optional.of(
            "00-%s-%s-%s"
                .formatted(span.getTraceId(), span.getSpanId(), span.getTraceFlags().asHex()))
        : Optional.empty();
  }
}
