package io.penstock.cli.event;

import io.penstock.cli.Deadline;
import io.penstock.cli.DurationArgument;
import io.penstock.cli.ExitCode;
import io.penstock.cli.StayOptions;
import io.penstock.cli.execution.FollowOutput;
import io.penstock.cli.execution.FollowedExecution;
import io.penstock.cli.output.OutputOption;
import io.penstock.cli.server.ServerClient;
import io.penstock.cli.server.ServerOption;
import io.penstock.cli.terminal.Colours;
import io.penstock.cli.terminal.Printable;
import io.penstock.cli.terminal.Table;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code penstock emit}: sends events. */
@Command(
    name = "emit",
    description = {
      "Sends a CloudEvent, or several, and tells which executions they start.",
      "Write one with the options, or name a file (- for stdin) with whole CloudEvents: one JSON",
      "object, an array of them, or one in each line. An event without an id gets one; who sends",
      "the same id again changes nothing and gets the same answer, so a repetition is always safe.",
      "A server that is not ready is asked again until --timeout.",
      "Exit code 1 if an execution that was waited for ends otherwise than COMPLETED."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  penstock emit --source /shop --type order.paid --data '{\"total\":5}' --follow",
      "  penstock emit --source /shop --type order.paid --id s-1 --data @order.json --wait",
      "  jq -c '.[]' events.json | penstock emit - -o json",
      "  penstock emit --source /shop --type order.paid --data - < order.json"
    })
public final class EmitCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ServerOption server;
  @Mixin private OutputOption output;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Origin origin;

  /** Where events come from: written here, or read. */
  static final class Origin {
    @ArgGroup(exclusive = false)
    EventOptions written;

    @Parameters(
        arity = "1",
        paramLabel = "FILE",
        description = "Whole CloudEvents as JSON; - is stdin.")
    String file;
  }

  @Mixin private StayOptions staying;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = DurationArgument.class,
      description =
          "For sending, and for waiting if it is wanted, such as 30s or 5m (default: ${DEFAULT-VALUE}).")
  private Duration timeout;

  @Override
  public Integer call() {
    staying.check(spec.commandLine());
    List<OutgoingEvent> events =
        origin.file == null
            ? List.of(origin.written.event())
            : EventFile.read(origin.file, System.in);
    ServerClient client = server.client();
    Deadline deadline = Deadline.in(Optional.of(timeout));
    Sending sending = new Sending(client, deadline, this::tell);
    List<Accepted> accepted = new ArrayList<>();
    try {
      for (OutgoingEvent event : events) {
        accepted.add(sending.send(event));
      }
    } finally {
      // What was accepted is told also when a later one is refused.
      if (!staying.isWaiting() || accepted.size() < events.size()) {
        print(accepted);
      }
    }
    return staying.isWaiting()
        ? waitFor(accepted, client, deadline)
        : follow(accepted, client, deadline);
  }

  private void print(List<Accepted> accepted) {
    PrintWriter out = spec.commandLine().getOut();
    if (accepted.isEmpty()) {
      return;
    }
    if (output.isTable()) {
      table(accepted, Map.of()).lines().forEach(out::println);
    } else if (staying.isFollowing()) {
      output.printNext(out, forPrograms(accepted));
    } else {
      output.print(out, forPrograms(accepted));
    }
    out.flush();
    if (accepted.stream().anyMatch(event -> event.executions().isEmpty())) {
      tell("an event that starts nothing: no workflow has subscribed to its source and type");
    }
  }

  private static Table table(List<Accepted> accepted, Map<String, String> statuses) {
    Table table = new Table(Colours.ofProcess());
    table.row(Colours.Tone.FAINT, "EVENT", "EXECUTION", statuses.isEmpty() ? "" : "STATUS");
    for (Accepted event : accepted) {
      for (String execution : event.executions()) {
        String status = statuses.getOrDefault(execution, "");
        table.row(null, event.id(), execution, status);
      }
      if (event.executions().isEmpty()) {
        table.row(null, event.id(), "-");
      }
    }
    return table;
  }

  private static Map<String, Object> forPrograms(List<Accepted> accepted) {
    return Map.of("events", accepted.stream().map(Accepted::json).toList());
  }

  private int waitFor(List<Accepted> accepted, ServerClient client, Deadline deadline) {
    Map<String, String> statuses = new LinkedHashMap<>();
    int exitCode = ExitCode.OK;
    try {
      for (String id : executions(accepted)) {
        String status = new FollowedExecution(client, id, deadline, true, this::tell).awaitEnd();
        statuses.put(id, status);
        exitCode = Math.max(exitCode, ExitCode.ofEnd(status));
      }
    } finally {
      printStatuses(accepted, statuses);
    }
    return exitCode;
  }

  private void printStatuses(List<Accepted> accepted, Map<String, String> statuses) {
    PrintWriter out = spec.commandLine().getOut();
    if (output.isTable()) {
      table(accepted, statuses).lines().forEach(out::println);
      return;
    }
    Map<String, Object> all = new LinkedHashMap<>(forPrograms(accepted));
    all.put(
        "executions",
        statuses.entrySet().stream()
            .map(each -> Map.of("id", each.getKey(), "status", each.getValue()))
            .toList());
    output.print(out, all);
  }

  private int follow(List<Accepted> accepted, ServerClient client, Deadline deadline) {
    if (!staying.isFollowing()) {
      return ExitCode.OK;
    }
    int exitCode = ExitCode.OK;
    PrintWriter out = spec.commandLine().getOut();
    for (String id : executions(accepted)) {
      if (output.isTable()) {
        out.println();
      }
      FollowOutput shown = new FollowOutput(id, out, output, false);
      String status =
          new FollowedExecution(client, id, deadline, true, this::tell).follow(shown::record);
      shown.end(status);
      exitCode = Math.max(exitCode, ExitCode.ofEnd(status));
    }
    return exitCode;
  }

  private static List<String> executions(List<Accepted> accepted) {
    return accepted.stream().flatMap(event -> event.executions().stream()).distinct().toList();
  }

  private void tell(String message) {
    spec.commandLine().getErr().println(Printable.line(message));
    spec.commandLine().getErr().flush();
  }
}
