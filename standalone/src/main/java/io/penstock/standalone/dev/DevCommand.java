package io.penstock.standalone.dev;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  penstock dev --definitions my-workflows/",
      "  PENSTOCK_SECRET_CRM_WEBHOOK=… penstock dev --port 8081 --kafka-port 0"
    })
public final class DevCommand implements Callable<Integer> {
  private static final int HIGHEST_PORT = 65_535;
  private static final int MOST_PARTITIONS = 64;
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
      names = "--partitions",
      defaultValue = "" + ServerSettings.PARTITIONS,
      description =
          "Partitions of the topics in a new data folder, fixed from then on; more only to try what a cluster does (default: ${DEFAULT-VALUE}).")
  int partitions;

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
    if (partitions < 1 || partitions > MOST_PARTITIONS) {
      throw new ParameterException(
          command.commandLine(),
          "--partitions is %d; one broker takes 1 to %d".formatted(partitions, MOST_PARTITIONS));
    }
    if (port == kafkaPort && port != 0) {
      throw new ParameterException(
          command.commandLine(), "--port and --kafka-port are both %d".formatted(port));
    }
    Map<String, String> files = definitionFiles();
    ServerSettings settings =
        new ServerSettings(port, kafkaPort, partitions, data, data.resolve("postgresql"), verbose);
    StartPhases phases = new StartPhases();
    StopSignal stop = StopSignal.listen();
    HttpClient client = HttpClient.newHttpClient();
    try (Server server = Server.start(settings, client, phases)) {
      List<String> problems = applyDefinitions(files, new FrontDoor(client, server.url()));
      if (!problems.isEmpty()) {
        problems.forEach(err::println);
        err.println(
            "penstock: the definitions in %s were not applied".formatted(definitions.get()));
        return INVALID_DEFINITIONS;
      }
      server.open();
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

  /** Read before anything is started: a folder that is not there is the caller's mistake. */
  private Map<String, String> definitionFiles() {
    try {
      return definitions.isEmpty() ? Map.of() : DefinitionFolder.read(definitions.get());
    } catch (StartFailedException e) {
      throw new ParameterException(command.commandLine(), e.getMessage());
    }
  }

  private static List<String> applyDefinitions(Map<String, String> files, FrontDoor door)
      throws StartFailedException, InterruptedException {
    if (files.isEmpty()) {
      return List.of();
    }
    try {
      return door.apply(files);
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
