package io.penstock.standalone.dev;

import io.quarkus.runtime.Quarkus;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** All services as one Quarkus application, on a thread of its own. */
final class Services {
  private final CompletableFuture<Throwable> ended = new CompletableFuture<>();
  private final CompletableFuture<Void> started = new CompletableFuture<>();

  private Services() {}

  /**
   * Starts them and returns when all of them have done so. Their settings must stand in system
   * properties already.
   *
   * @throws StartFailedException if one of them refuses
   */
  static Services start(ServerSettings settings) throws StartFailedException, InterruptedException {
    Services services = new Services();
    Thread.ofPlatform()
        .name("services")
        .start(
            () -> {
              Quarkus.run(
                  PenstockApplication.class,
                  (code, failure) -> services.ended.complete(failure),
                  new String[0]);
              services.ended.complete(null);
            });
    Thread.ofPlatform()
        .daemon()
        .name("services-started")
        .start(
            () -> {
              try {
                PenstockApplication.awaitStarted();
                services.started.complete(null);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    services.awaitStarted(settings);
    return services;
  }

  private void awaitStarted(ServerSettings settings)
      throws StartFailedException, InterruptedException {
    try {
      Object first = CompletableFuture.anyOf(started, ended).get();
      if (!started.isDone()) {
        throw refused((Throwable) first, settings);
      }
    } catch (ExecutionException e) {
      throw refused(e.getCause(), settings);
    }
  }

  private static StartFailedException refused(Throwable failure, ServerSettings settings) {
    Throwable root = failure;
    while (root != null && root.getCause() != null) {
      root = root.getCause();
    }
    String why = root == null ? "they ended by themselves" : root.getMessage();
    return new StartFailedException(
        "cannot start the services: %s; details are in %s".formatted(why, settings.logFile()),
        failure);
  }

  /** Completes when they have ended, with the reason if nobody asked for it. */
  CompletableFuture<Throwable> ended() {
    return ended;
  }

  /**
   * Stops them.
   *
   * @return false if they have not ended within the time
   */
  boolean stop(Duration atMost) throws InterruptedException {
    Quarkus.asyncExit();
    try {
      ended.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true;
    }
  }
}
