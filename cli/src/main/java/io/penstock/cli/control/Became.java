package io.penstock.cli.control;

import io.penstock.cli.ExitCode;
import io.penstock.cli.terminal.Colours.Tone;
import io.penstock.cli.terminal.Table;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of a wish.
 *
 * @param status of the execution with it; empty if it is not known
 * @param why it was ignored; else empty
 */
record Became(Wish wish, Result result, String status, String why) {
  /** How it went. */
  enum Result {
    done(ExitCode.OK, Tone.GOOD),
    ignored(ExitCode.CONFLICT, Tone.BAD),
    late(ExitCode.TIMEOUT, Tone.WAITING),
    accepted(ExitCode.OK, null);

    private final int exitCode;
    private final Tone tone;

    Result(int exitCode, Tone tone) {
      this.exitCode = exitCode;
      this.tone = tone;
    }
  }

  static Became met(Wish wish, String status) {
    return new Became(wish, Result.done, status, "");
  }

  /**
   * @param reason as history has it
   * @param why what stands in the way, if history says more; else empty
   */
  static Became ignored(Wish wish, String status, String reason, String why) {
    return new Became(
        wish, Result.ignored, status, why.isEmpty() ? words(wish, status, reason) : why);
  }

  static Became late(Wish wish, String status) {
    return new Became(
        wish, Result.late, status, "it is accepted and will be decided on; look again later");
  }

  static Became unknown(Wish wish) {
    return new Became(wish, Result.accepted, "", "");
  }

  private static String words(Wish wish, String status, String reason) {
    return switch (reason) {
      case "NOT_APPLICABLE" ->
          "%s does not apply to %s"
              .formatted(
                  wish.verb().replace('_', ' '),
                  wish.path().map(path -> "step " + path).orElse("one that is " + status));
      case "UNKNOWN_EXECUTION" -> "it ended long ago: only its history is kept";
      default -> "ignored as " + reason;
    };
  }

  int exitCode() {
    return result.exitCode;
  }

  void addTo(Table table) {
    table.rowWith(1, result.tone, wish.execution(), result.name(), status, why);
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>(wish.json());
    json.put("result", result.name());
    json.put("status", status);
    json.put("why", why);
    json.values().removeIf(""::equals);
    return json;
  }
}
