package io.penstock.benchmark.world;

import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code benchmark/run world}. */
@Command(
    name = "world",
    description = {
      "Be the outside world of the lead workflow until stopped: enrich, chat, notify.",
      "Each option may be given once per endpoint (enrich, chat, notify)."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  benchmark/run world --port 9901 --latency chat=500 --jitter chat=200 --fail enrich=0.05",
      "",
      "GET /stats[?run=PREFIX]  what was called how often; run: of the ids PREFIX-number",
      "GET /events?run=PREFIX   a line per id: id enrich chat notify first-notify-ns last-notify-ns",
      "                         complete-ns parts-notified-again",
      "GET /calls?run=PREFIX    a line per id: id, arrival-ns and answer-ns of its first enrich, chat, notify",
      "GET, POST /config        the options as JSON, to change them meanwhile",
      "POST /reset              forget everything seen"
    },
    sortOptions = false)
public final class WorldCommand implements Callable<Integer> {
  @Option(
      names = "--port",
      defaultValue = "9901",
      description = "0 for any free one (default: ${DEFAULT-VALUE}).")
  int port;

  @Option(
      names = "--latency",
      paramLabel = "ENDPOINT=MS",
      description = "Milliseconds added to each answer (default: 0).")
  Map<Endpoint, Double> latency = new EnumMap<>(Endpoint.class);

  @Option(
      names = "--jitter",
      paramLabel = "ENDPOINT=MS",
      description = "Up to so many more, evenly spread (default: 0).")
  Map<Endpoint, Double> jitter = new EnumMap<>(Endpoint.class);

  @Option(
      names = "--fail",
      paramLabel = "ENDPOINT=SHARE",
      description = "Share of calls that fail, 0 to 1 (default: 0).")
  Map<Endpoint, Double> fail = new EnumMap<>(Endpoint.class);

  @Option(
      names = "--status",
      paramLabel = "ENDPOINT=STATUS",
      description = "What a failure answers; 0 drops the connection (default: 500).")
  Map<Endpoint, Integer> status = new EnumMap<>(Endpoint.class);

  @Option(
      names = "--fail-first",
      paramLabel = "ENDPOINT=N",
      description = "Fail the first N calls of each lead (default: 0).")
  Map<Endpoint, Integer> failFirst = new EnumMap<>(Endpoint.class);

  @Option(
      names = "--fail-once",
      paramLabel = "ENDPOINT=SHARE",
      description = "Fail the first call of that share of the leads, 0 to 1 (default: 0).")
  Map<Endpoint, Double> failOnce = new EnumMap<>(Endpoint.class);

  @Option(
      names = "--parts",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "A lead is complete after N notifications with different members 'part' (default: ${DEFAULT-VALUE}).")
  int parts;

  @Spec CommandSpec command;

  @Override
  public Integer call() throws InterruptedException {
    try (StubWorld world = StubWorld.start(port, behaviours(), parts)) {
      PrintWriter out = command.commandLine().getOut();
      out.println("world on " + world.url());
      out.flush();
      world.awaitEnd();
    }
    return 0;
  }

  private Map<Endpoint, Behaviour> behaviours() {
    Map<Endpoint, Behaviour> all = new EnumMap<>(Endpoint.class);
    for (Endpoint endpoint : Endpoint.values()) {
      Behaviour prompt = Behaviour.PROMPT;
      try {
        all.put(
            endpoint,
            new Behaviour(
                latency.getOrDefault(endpoint, prompt.latencyMs()),
                jitter.getOrDefault(endpoint, prompt.jitterMs()),
                fail.getOrDefault(endpoint, prompt.fail()),
                status.getOrDefault(endpoint, prompt.status()),
                failFirst.getOrDefault(endpoint, prompt.failFirst()),
                failOnce.getOrDefault(endpoint, prompt.failOnce())));
      } catch (IllegalArgumentException e) {
        throw new ParameterException(
            command.commandLine(), endpoint.key() + ": " + e.getMessage(), e);
      }
    }
    return all;
  }
}
