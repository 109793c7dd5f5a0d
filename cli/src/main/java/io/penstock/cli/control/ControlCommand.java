package io.penstock.cli.control;

import io.penstock.cli.Deadline;
import io.penstock.cli.DurationArgument;
import io.penstock.cli.ExitCode;
import io.penstock.cli.OperatorOptions;
import io.penstock.cli.completion.Offered;
import io.penstock.cli.output.OutputOption;
import io.penstock.cli.server.ServerClient;
import io.penstock.cli.server.ServerOption;
import io.penstock.cli.terminal.Colours;
import io.penstock.cli.terminal.Printable;
import io.penstock.cli.terminal.Table;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * An operator's wish about executions: sent as one, then looked for in each execution's history.
 * What does not fit an execution changes nothing there, and says so.
 */
abstract class ControlCommand implements Callable<Integer> {
  private final String verb;

  @Spec private CommandSpec spec;
  @Mixin private ServerOption server;
  @Mixin private OutputOption output;
  @Mixin private OperatorOptions operator;

  @Parameters(
      arity = "1..*",
      paramLabel = "ID",
      completionCandidates = Offered.Executions.class,
      description = "Of executions, as in 'penstock executions list'.")
  private List<String> ids;

  @Option(
      names = "--no-wait",
      description = "Return when it is accepted, without looking what becomes of it.")
  private boolean noWait;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = DurationArgument.class,
      description = "For all of it, such as 30s or 5m (default: ${DEFAULT-VALUE}).")
  private Duration timeout;

  /**
   * @param verb as it is on the wire
   */
  ControlCommand(String verb) {
    this.verb = verb;
  }

  /** The step that is meant, for verbs that may mean one. */
  Optional<String> path() {
    return Optional.empty();
  }

  @Override
  public Integer call() {
    ServerClient client = server.client();
    Deadline deadline = Deadline.in(Optional.of(timeout));
    List<Wish> wishes =
        new LinkedHashSet<>(ids).stream().map(id -> Wish.of(id, verb, operator, path())).toList();
    List<WishInHistory> histories = new ArrayList<>();
    if (!noWait) {
      // Before it is sent, so that what is found afterwards is ours; and so that an id that does
      // not exist keeps the others from being sent.
      wishes.forEach(wish -> histories.add(new WishInHistory(client, wish, deadline)));
      histories.forEach(WishInHistory::skipThePast);
    }
    new Wishes(client, deadline, this::tell).send(wishes);
    List<Became> became = new ArrayList<>();
    try {
      histories.forEach(history -> became.add(history.await()));
    } finally {
      print(wishes, became);
    }
    return became.stream().mapToInt(Became::exitCode).max().orElse(ExitCode.OK);
  }

  private void print(List<Wish> wishes, List<Became> became) {
    PrintWriter out = spec.commandLine().getOut();
    List<Became> shown =
        noWait ? wishes.stream().map(Became::unknown).toList() : List.copyOf(became);
    if (!output.isTable()) {
      output.print(out, Map.of("controls", shown.stream().map(Became::json).toList()));
      return;
    }
    Table table = new Table(Colours.ofProcess());
    shown.forEach(each -> each.addTo(table));
    table.lines().forEach(out::println);
  }

  private void tell(String message) {
    spec.commandLine().getErr().println(Printable.line(message));
    spec.commandLine().getErr().flush();
  }
}
