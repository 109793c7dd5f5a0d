package io.penstock.ingest.observe;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.penstock.schema.kafka.TraceParent;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The first span of a trace: a request that may bring events, a child of the sender's span if it
 * sent one. Of our own making, since the framework's has the query and the address of the sender.
 */
@ApplicationScoped
public class RequestSpans {
  private static final int SERVER_ERROR = 500;

  private static final TextMapGetter<HttpServerRequest> CARRIER =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(HttpServerRequest request) {
          return request.headers().names();
        }

        @Override
        public String get(HttpServerRequest request, String key) {
          return request.getHeader(key);
        }
      };

  private final Tracer tracer;
  private final boolean disabled;

  RequestSpans(
      OpenTelemetry telemetry,
      @ConfigProperty(name = "quarkus.otel.sdk.disabled", defaultValue = "false")
          boolean disabled) {
    this.tracer = telemetry.getTracer("io.penstock.ingest");
    this.disabled = disabled;
  }

  /** Answers within a span, if tracing is on and the request is one that brings events. */
  public Response around(HttpServerRequest request, Supplier<Response> answer) {
    if (disabled || !bringsEvents(request.path())) {
      return answer.get();
    }
    Context parent =
        W3CTraceContextPropagator.getInstance().extract(Context.root(), request, CARRIER);
    Span span =
        tracer
            .spanBuilder(request.path().equals("/events") ? "event" : "webhook")
            .setParent(parent)
            .setSpanKind(SpanKind.SERVER)
            .startSpan();
    try (Scope scope = parent.with(span).makeCurrent()) {
      Response response = answer.get();
      span.setAttribute("http.response.status_code", response.getStatus());
      if (response.getStatus() >= SERVER_ERROR) {
        span.setStatus(StatusCode.ERROR);
      }
      return response;
    } finally {
      span.end();
    }
  }

  private static boolean bringsEvents(String path) {
    return path.startsWith("/webhooks/") || path.equals("/events");
  }

  /** The span of this thread's request, for the records that it leads to. */
  public Optional<TraceParent> current() {
    if (disabled) {
      return Optional.empty();
    }
    SpanContext span = Span.current().getSpanContext();
    return span.isValid()
        ? Optional.of(
            TraceParent.of(
                "00-%s-%s-%s"
                    .formatted(span.getTraceId(), span.getSpanId(), span.getTraceFlags().asHex())))
        : Optional.empty();
  }
}
