package io.penstock.standalone.dev;

import io.penstock.embedded.EmbeddedDatabase;
import io.penstock.embedded.EmbeddedServerException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Broker, database and all services, up and ready. One for the life of a JVM: the settings of its
 * services are system properties.
 */
public final class Server implements AutoCloseable {
  /** Broker and database give up after ten seconds each, in parallel with nothing else to do. */
  private static final Duration SERVICES_STOP = Duration.ofSeconds(8);

  private final ServerSettings settings;
  private final StartedBroker broker;
  private final EmbeddedDatabase database;
  private final Services services;

  private Server(
      ServerSettings settings, StartedBroker broker, EmbeddedDatabase database, Services services) {
    this.settings = settings;
    this.broker = broker;
    this.database = database;
    this.services = services;
  }

  /**
   * Starts everything and returns when every service is ready. Health says so to others only after
   * {@link #open}.
   *
   * @throws StartFailedException if a port is taken, the data directory is in use or a part refuses
   *     to start; nothing is left running then
   */
  public static Server start(ServerSettings settings, HttpClient client, StartPhases phases)
      throws StartFailedException, InterruptedException {
    phases.sinceBegin("jvm");
    DataFolder.create(settings.data());
    LoopbackPort.requireFree(settings.port(), "HTTP", "--port");
    LoopbackPort.requireFree(settings.kafkaPort(), "Kafka", "--kafka-port");
    CompletableFuture<EmbeddedDatabase> database =
        inParallel(
            "database",
            phases,
            () -> EmbeddedDatabase.start(settings.databaseDirectory(), 0, settings.programs()));
    CompletableFuture<StartedBroker> broker =
        inParallel("broker", phases, () -> StartedBroker.start(settings, phases));
    try {
      return start(settings, client, phases, result(broker), result(database));
    } catch (StartFailedException | InterruptedException | RuntimeException e) {
      closeIfStarted(database);
      closeIfStarted(broker);
      throw e;
    }
  }

  private static Server start(
      ServerSettings settings,
      HttpClient client,
      StartPhases phases,
      StartedBroker broker,
      EmbeddedDatabase database)
      throws StartFailedException, InterruptedException {
    ServiceConfiguration.apply(settings, broker, database);
    long began = System.nanoTime();
    Services services = Services.start(settings);
    phases.ended("services", began);
    Server server = new Server(settings, broker, database, services);
    began = System.nanoTime();
    try {
      new Readiness(client, settings.url()).await();
    } catch (StartFailedException | InterruptedException e) {
      services.stop(SERVICES_STOP);
      throw e;
    }
    phases.ended("readiness", began);
    return server;
  }

  private static <T> CompletableFuture<T> inParallel(
      String name, StartPhases phases, Supplier<T> start) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread.ofPlatform()
        .name("start-" + name)
        .start(
            () -> {
              long began = System.nanoTime();
              try {
                T part = start.get();
                phases.ended(name, began);
                result.complete(part);
              } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
              }
            });
    return result;
  }

  private static <T> T result(CompletableFuture<T> start)
      throws StartFailedException, InterruptedException {
    try {
      return start.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof EmbeddedServerException clear) {
        throw new StartFailedException(clear.getMessage(), clear);
      }
      throw new StartFailedException("cannot start: " + e.getCause().getMessage(), e.getCause());
    }
  }

  /** Waits for it first: what is still starting would outlive us. */
  private static void closeIfStarted(CompletableFuture<? extends AutoCloseable> start) {
    try (AutoCloseable part = start.join()) {
      assert part != null;
    } catch (Exception ignored) {
      // It did not start, or has just been told to stop: the first failure is what counts.
    }
  }

  /** Lets health say that all is ready: the definitions that there are to apply are applied. */
  public void open() {
    GivenDefinitions.applied();
  }

  public String url() {
    return settings.url();
  }

  public String bootstrapServers() {
    return broker.kafka().bootstrapServers();
  }

  public String jdbcUrl() {
    return database.jdbcUrl();
  }

  /**
   * Completes with the reason when broker, database or services have ended without having been
   * asked to: the rest is of no use then.
   */
  public CompletableFuture<Object> broken() {
    return CompletableFuture.anyOf(
        broker.kafka().fault().toCompletableFuture(),
        database.ended().toCompletableFuture(),
        services.ended());
  }

  /**
   * Services first (what enters, then who works, then who reads), then the database, then the
   * broker, which all of them need to say good-bye to.
   */
  @Override
  public void close() {
    try {
      services.stop(SERVICES_STOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      database.close();
      broker.close();
    }
  }
}
