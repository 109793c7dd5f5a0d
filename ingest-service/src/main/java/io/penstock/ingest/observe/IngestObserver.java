package io.penstock.ingest.observe;

import io.penstock.ingest.problem.Reason;
import io.penstock.ingest.problem.RequestObserver;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;

/** Counts what is turned away, and traces requests when tracing is on. */
@ApplicationScoped
public class IngestObserver implements RequestObserver {
  private final RequestSpans spans;
  private final IngestMetrics metrics;

  IngestObserver(RequestSpans spans, IngestMetrics metrics) {
    this.spans = spans;
    this.metrics = metrics;
  }

  @Override
  public Response answer(HttpServerRequest request, Supplier<Response> answer) {
    return spans.around(request, answer);
  }

  @Override
  public void rejected(Reason reason, String path) {
    metrics.rejected(reason, path);
  }
}
