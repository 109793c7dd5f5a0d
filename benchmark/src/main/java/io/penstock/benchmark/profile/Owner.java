package io.penstock.benchmark.profile;

import io.penstock.benchmark.component.Component;
import java.util.List;
import java.util.Optional;

/**
 * Whom a sample was taken for. The thread tells it, but for those that ingest and workers share:
 * there the first frame does that belongs to one of them.
 */
final class Owner {
  static final String OURS = "io.penstock.";

  private static final String INGEST = OURS + "ingest.";
  private static final String WORKERS = OURS + "worker.";
  private static final String HTTP_SERVER = "io.vertx.core.http.impl.Http1xServer";
  private static final String QUARKUS_SERVER = "io.quarkus.vertx.http.";
  private static final String HTTP_CLIENT = "io.vertx.core.http.impl.Http1xClient";
  private static final String SHARED = "ingest or workers";
  private static final String NOBODY = "others";

  private Owner() {}

  static String of(String thread, List<String> frames) {
    Optional<Component> component = Component.ofThread(thread);
    if (thread.equals(SampledStacks.VIRTUAL)
        || component.filter(Component.REQUESTS_AND_ATTEMPTS::equals).isPresent()) {
      return byFrames(frames);
    }
    return component.map(Component::label).orElse(NOBODY);
  }

  private static String byFrames(List<String> frames) {
    for (String frame : frames) {
      if (frame.startsWith(INGEST)
          || frame.startsWith(QUARKUS_SERVER)
          || frame.startsWith(HTTP_SERVER)) {
        return Component.INGEST.label();
      }
      if (frame.startsWith(WORKERS) || frame.startsWith(HTTP_CLIENT)) {
        return Component.WORKERS.label();
      }
    }
    return SHARED;
  }
}
