package io.penstock.cli.replay;

import io.penstock.cli.OperatorOptions;
import io.penstock.cli.completion.Offered;
import io.penstock.cli.output.OutputOption;
import io.penstock.cli.server.ServerOption;
import io.penstock.cli.terminal.Colours;
import io.penstock.schema.json.Json;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What may be done with a replay under way. */
abstract class ReplayControls implements Runnable {
  private final String verb;

  @Spec private CommandSpec spec;
  @Mixin private ServerOption server;
  @Mixin private OutputOption output;
  @Mixin private OperatorOptions operator;

  @Parameters(
      paramLabel = "ID",
      completionCandidates = Offered.Replays.class,
      description = "Of the replay, as in 'penstock dlq replays'.")
  private String id;

  private ReplayControls(String verb) {
    this.verb = verb;
  }

  @Override
  public void run() {
    Map<String, Object> signed = new LinkedHashMap<>();
    operator.addTo(signed);
    Json replay = new Replays(server.client()).control(id, verb, signed);
    PrintWriter out = spec.commandLine().getOut();
    if (output.isTable()) {
      ReplayText.lines(replay, Instant.now(), Colours.ofProcess()).forEach(out::println);
      ReplayText.next(replay).forEach(spec.commandLine().getErr()::println);
    } else {
      output.print(out, replay);
    }
  }

  /** {@code penstock dlq replays pause}. */
  @Command(
      name = "pause",
      description = "Sends no more until it is resumed; what was sent goes on.",
      footer = {"", "Examples:", "  penstock dlq replays pause ID --reason 'the CRM is slow'"})
  public static final class Pause extends ReplayControls {
    Pause() {
      super("pause");
    }
  }

  /** {@code penstock dlq replays resume}. */
  @Command(
      name = "resume",
      description = "Goes on with a replay that is paused.",
      footer = {"", "Examples:", "  penstock dlq replays resume ID"})
  public static final class Resume extends ReplayControls {
    Resume() {
      super("resume");
    }
  }

  /** {@code penstock dlq replays cancel}. */
  @Command(
      name = "cancel",
      description = "Ends a replay for good; what was not sent yet is open again.",
      footer = {"", "Examples:", "  penstock dlq replays cancel ID --reason 'wrong version'"})
  public static final class Cancel extends ReplayControls {
    Cancel() {
      super("cancel");
    }
  }
}
