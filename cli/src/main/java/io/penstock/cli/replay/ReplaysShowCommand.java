package io.penstock.cli.replay;

import io.penstock.cli.ExitCode;
import io.penstock.cli.completion.Offered;
import io.penstock.cli.execution.Wording;
import io.penstock.cli.output.OutputOption;
import io.penstock.cli.output.PageOptions;
import io.penstock.cli.server.ServerOption;
import io.penstock.cli.terminal.Colours;
import io.penstock.cli.terminal.Table;
import io.penstock.schema.json.Json;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code penstock dlq replays show}. */
@Command(
    name = "show",
    description = {
      "Shows how a replay stands: what was sent, what succeeded, what failed again.",
      "With --failed, --refused or --audit it lists that instead. Exit code with --follow or --wait:",
      "1 if it stopped, was cancelled, or something failed again; 6 if it has not ended in time."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  penstock dlq replays show ID --follow",
      "  penstock dlq replays show ID --failed",
      "  penstock dlq replays show ID --failed --limit 200 -o json | jq -r '.letters[].again'",
      "  penstock dlq replays show ID --audit"
    })
public final class ReplaysShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "ID",
      completionCandidates = Offered.Replays.class,
      description = "Of the replay, as in the list.")
  private String id;

  @ArgGroup(exclusive = true)
  private Listing listing;

  /** What of it is listed, in place of how it stands. */
  static final class Listing {
    @Option(
        names = "--failed",
        description = "The letters that failed again, of what, and which letters they are now.")
    boolean failed;

    @Option(names = "--refused", description = "The letters that were not sent, and why.")
    boolean refused;

    @Option(names = "--audit", description = "Who did what with it, when and why.")
    boolean audit;
  }

  @Mixin private FollowOptions following;
  @Mixin private PageOptions page;
  @Mixin private ServerOption server;
  @Mixin private OutputOption output;

  @Override
  public Integer call() {
    following.check();
    Replays replays = new Replays(server.client());
    if (listing == null) {
      return following.isWanted()
          ? following.follow(id, false, replays, output)
          : following.show(replays.one(id), output);
    }
    if (following.isWanted()) {
      throw new ParameterException(
          spec.commandLine(), "a list is not followed: leave --follow and --wait out");
    }
    Map<String, String> query = new LinkedHashMap<>();
    query.put("state", listing.audit ? null : listing.failed ? "failedAgain" : "refused");
    page.addTo(query);
    String what = listing.audit ? "audit" : "letters";
    Json answer =
        replays.page(id, what, query, "cannot list the %s of replay '%s'".formatted(what, id));
    PrintWriter out = spec.commandLine().getOut();
    if (output.isTable()) {
      print(answer, what, out);
    } else {
      output.print(out, answer);
    }
    return ExitCode.OK;
  }

  private void print(Json answer, String what, PrintWriter out) {
    PrintWriter err = spec.commandLine().getErr();
    List<?> rows = (List<?>) answer.at(what);
    (listing.audit ? audit(rows) : letters(rows)).lines().forEach(out::println);
    if (rows.isEmpty()) {
      err.println(listing.failed ? "nothing failed again" : "nothing");
    }
    PageOptions.tellOfMore(answer, err);
  }

  private static Table letters(List<?> letters) {
    Table table = new Table(Colours.ofProcess());
    if (!letters.isEmpty()) {
      table.row(Colours.Tone.FAINT, "ID", "EXECUTION", "STEP", "IS NOW", "WHY");
    }
    for (Object each : letters) {
      Json letter = Json.of(each);
      table.row(
          null,
          Wording.text(letter, "id"),
          Wording.text(letter, "execution"),
          Wording.text(letter, "path"),
          Wording.text(letter, "again"),
          Wording.text(letter, "why"));
    }
    return table;
  }

  private static Table audit(List<?> entries) {
    Table table = new Table(Colours.ofProcess());
    for (Object each : entries) {
      Json entry = Json.of(each);
      table.row(
          null,
          Wording.text(entry, "at"),
          Wording.text(entry, "what"),
          Wording.text(entry, "by"),
          Wording.text(entry, "reason"));
    }
    return table;
  }
}
