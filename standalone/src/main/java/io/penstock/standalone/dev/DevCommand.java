package io.penstock.standalone.dev;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code penstock dev}: a server for one's own work, on this machine only. */
@Command(
    name = "dev",
    description = {
      "Start everything in one process and stay: all services, Kafka and PostgreSQL.",
      "Prints one line with 'ready' and the addresses when webhooks are accepted; Ctrl-C stops it."
    },
    sortOptions = false)
public final class DevCommand implements Callable<Integer> {
  private static final int HIGHEST_PORT = 65_535;
  private static final int FAILED = 1;
  private static final int INVALID_DEFINITIONS = 5;

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "HTTP port (default: ${DEFAULT-VALUE}).")
  int port;

  @Option(
      names = "--kafka-port",
      defaultValue = "19092",
      description = "Kafka port (default: ${DEFAULT-VALUE}).")
  int kafkaPort;

  @Option(
      names = "--data",
      defaultValue = ".penstock",
      description =
          "Folder of all data, kept across starts, below the current one unless absolute (default: ${DEFAULT-VALUE}).")
  Path data;

  @Option(
      names = "--definitions",
      paramLabel = "DIR",
      description =
          "Apply the definitions in and below this folder once the server is up; exit code 5 if they are wrong.")
  Optional<Path> definitions;

  @Option(
      names = "--verbose",
      description = "Show the log here too; it always stands in DATA/penstock.log.")
  boolean verbose;

  @Spec CommandSpec command;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    requirePort("--port", port);
    requirePort("--kafka-port", kafkaPort);
    if (port == kafkaPort && port != 0) {
      throw new ParameterException(
          command.commandLine(), "--port and --kafka-port are both %d".formatted(port));
    }
    ServerSettings settings =
        new ServerSettings(port, kafkaPort, data, data.resolve("postgresql"), verbose);
    StartPhases phases = new StartPhases();
    StopSignal stop = StopSignal.listen();
    HttpClient client = HttpClient.newHttpClient();
    try (Server server = Server.start(settings, client, phases)) {
      List<String> problems = applyDefinitions(new FrontDoor(client, server.url()));
      if (!problems.isEmpty()) {
        problems.forEach(err::println);
        err.println(
            "penstock: the definitions in %s were not applied".formatted(definitions.get()));
        return INVALID_DEFINITIONS;
      }
      out.println(readyLine(server, phases));
      out.flush();
      return awaitEnd(stop, server, settings, err);
    } catch (StartFailedException e) {
      err.println("penstock: " + e.getMessage());
      return FAILED;
    }
  }

  private void requirePort(String option, int value) {
    if (value < 0 || value > HIGHEST_PORT) {
      throw new ParameterException(
          command.commandLine(),
          "%s is %d; a port is 0 (any free one) to %d".formatted(option, value, HIGHEST_PORT));
    }
  }

  private List<String> applyDefinitions(FrontDoor door)
      throws StartFailedException, InterruptedException {
    if (definitions.isEmpty()) {
      return List.of();
    }
    try {
      return door.apply(DefinitionFolder.read(definitions.get()));
    } catch (IOException e) {
      throw new StartFailedException("cannot apply definitions: " + e.getMessage(), e);
    }
  }

  private static String readyLine(Server server, StartPhases phases) {
    return "ready in %s: http %s  kafka %s  postgres %s  (%s)"
        .formatted(
            StartPhases.seconds(phases.sinceBegin()),
            server.url(),
            server.bootstrapServers(),
            server.jdbcUrl(),
            phases);
  }

  /** Stopping is what was asked for, so it is a success. */
  private static int awaitEnd(
      StopSignal stop, Server server, ServerSettings settings, PrintWriter err)
      throws InterruptedException {
    try {
      Object end = CompletableFuture.anyOf(stop.received(), server.broken()).get();
      if (stop.received().isDone()) {
        return 0;
      }
      err.println(
          "penstock: stopped, since a part of the server has failed: %s; nothing is lost, start it again (details are in %s)"
              .formatted(end, settings.logFile()));
      return FAILED;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
