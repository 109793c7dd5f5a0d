package io.penstock.ingest.problem;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Gets rid of a body that was refused before its end. Its bytes are thrown away as they come, for a
 * moment: closing at once would often take the answer away from the sender, who is still writing.
 */
@ApplicationScoped
class UnreadBody {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Vertx vertx;

  UnreadBody(Vertx vertx) {
    this.vertx = vertx;
  }

  void discard(HttpServerRequest request) {
    if (request.isEnded()) {
      return;
    }
    request.handler(bytes -> {});
    request.resume();
    vertx.setTimer(
        PATIENCE.toMillis(),
        timer -> {
          if (!request.isEnded()) {
            request.connection().close();
          }
        });
  }
}
