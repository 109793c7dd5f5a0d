package io.penstock.worker.observe;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.penstock.schema.kafka.TraceParent;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepRequested;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Supplier;

/**
 * A span around each attempt, a child of what its command brought. Ids, names of definitions and
 * types of errors only: messages may tell of data.
 */
@ApplicationScoped
public class AttemptSpans {
  private static final TextMapGetter<TraceParent> CARRIER =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(TraceParent carrier) {
          return List.of(TraceParent.HEADER);
        }

        @Override
        public String get(TraceParent carrier, String key) {
          return key.equals(TraceParent.HEADER) ? carrier.toString() : null;
        }
      };

  private final Tracer tracer;

  AttemptSpans(OpenTelemetry telemetry) {
    this.tracer = telemetry.getTracer("io.penstock.worker");
  }

  StepOutcome around(StepRequested command, TraceParent trace, Supplier<StepOutcome> attempt) {
    Context parent =
        W3CTraceContextPropagator.getInstance().extract(Context.root(), trace, CARRIER);
    Span span =
        tracer
            .spanBuilder(command.kind().id())
            .setParent(parent)
            .setSpanKind(SpanKind.CONSUMER)
            .setAttribute("penstock.execution", command.id().execution().value())
            .setAttribute("penstock.workflow", command.workflow())
            .setAttribute("penstock.version", command.version())
            .setAttribute("penstock.step", command.id().path().value())
            .setAttribute("penstock.attempt", command.id().attempt())
            .setAttribute("penstock.delivery", command.id().delivery())
            .startSpan();
    try (Scope scope = parent.with(span).makeCurrent()) {
      StepOutcome outcome = attempt.get();
      tell(span, outcome.result());
      return outcome;
    } catch (RuntimeException | Error e) {
      span.setStatus(StatusCode.ERROR);
      throw e;
    } finally {
      span.end();
    }
  }

  private static void tell(Span span, StepOutcome.Result result) {
    switch (result) {
      case StepOutcome.Succeeded ignored -> outcome(span, "succeeded");
      case StepOutcome.Deferred ignored -> outcome(span, "deferred");
      case StepOutcome.Failed failed -> {
        outcome(span, "failed");
        span.setAttribute("error.type", failed.error().type().id());
        span.setStatus(StatusCode.ERROR);
      }
    }
  }

  private static void outcome(Span span, String outcome) {
    span.setAttribute(AttributeKey.stringKey("penstock.outcome"), outcome);
  }
}
