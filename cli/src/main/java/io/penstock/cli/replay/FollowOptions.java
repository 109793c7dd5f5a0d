package io.penstock.cli.replay;

import io.penstock.cli.Deadline;
import io.penstock.cli.DurationArgument;
import io.penstock.cli.ExitCode;
import io.penstock.cli.StayOptions;
import io.penstock.cli.output.OutputOption;
import io.penstock.cli.terminal.Colours;
import io.penstock.cli.terminal.Printable;
import io.penstock.schema.json.Json;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How long to stay with a replay that the server does anyway. */
final class FollowOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private StayOptions staying;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationArgument.class,
      description =
          "With --follow or --wait: how long, such as 30s or 5m (default: as long as it takes).")
  private Optional<Duration> timeout;

  /** Refuses what contradicts itself, before anything is done. */
  void check() {
    staying.check(spec.commandLine());
    if (timeout.isPresent() && !isWanted()) {
      throw new ParameterException(
          spec.commandLine(), "--timeout is for --follow or --wait: nothing else takes long");
    }
  }

  boolean isWanted() {
    return staying.isStaying();
  }

  /**
   * Stays with a replay to its end.
   *
   * @param begun whether the server has just told of it: then it is waited for also when it is away
   * @return the exit code: not 0 if something has gone wrong
   */
  int follow(String id, boolean begun, Replays replays, OutputOption output) {
    PrintWriter out = spec.commandLine().getOut();
    ReplayProgress progress = new ReplayProgress(InstantSource.system());
    Json end =
        new FollowedReplay(replays, id, Deadline.in(timeout), begun, this::tell)
            .follow(standing -> progress(standing, progress, output, out));
    if (output.isTable()) {
      out.println(ReplayText.closing(end, Colours.ofProcess()));
      ReplayText.next(end).forEach(this::tell);
    } else if (staying.isFollowing()) {
      output.printNext(out, end);
    } else {
      output.print(out, end);
    }
    return ReplayWords.wentWell(end) ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private void progress(
      Json standing, ReplayProgress progress, OutputOption output, PrintWriter out) {
    if (!staying.isFollowing() || ReplayWords.isEnd(standing) || !progress.isNews(standing)) {
      return;
    }
    if (!output.isTable()) {
      output.printNext(out, standing);
      return;
    }
    out.println(
        Printable.line(ReplayWords.status(standing) + ", " + ReplayWords.progress(standing)));
    out.flush();
    if ("paused".equals(ReplayWords.status(standing))) {
      ReplayText.next(standing).forEach(this::tell);
    }
  }

  /** Shows how it stands, without staying. */
  int show(Json replay, OutputOption output) {
    PrintWriter out = spec.commandLine().getOut();
    if (output.isTable()) {
      ReplayText.lines(replay, Instant.now(), Colours.ofProcess()).forEach(out::println);
      ReplayText.next(replay).forEach(this::tell);
    } else {
      output.print(out, replay);
    }
    return ExitCode.OK;
  }

  private void tell(String message) {
    spec.commandLine().getErr().println(Printable.line(message));
    spec.commandLine().getErr().flush();
  }
}
