package io.penstock.ingest.problem;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;

/** Sees the requests of this service, to measure them. Called by many threads at once. */
public interface RequestObserver {
  /** Sees nothing. */
  RequestObserver BLIND =
      new RequestObserver() {
        @Override
        public Response answer(HttpServerRequest request, Supplier<Response> answer) {
          return answer.get();
        }

        @Override
        public void rejected(Reason reason, String path) {}
      };

  /**
   * Stands around the answer to a request, on its thread.
   *
   * @param answer to be called once
   * @return what it returned
   */
  Response answer(HttpServerRequest request, Supplier<Response> answer);

  /**
   * A request was turned away.
   *
   * @param path of the request, e.g. {@code /webhooks/crm}
   */
  void rejected(Reason reason, String path);
}
