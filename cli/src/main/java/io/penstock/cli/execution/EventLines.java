package io.penstock.cli.execution;

import io.penstock.cli.terminal.Colours;
import io.penstock.cli.terminal.Colours.Tone;
import io.penstock.cli.terminal.Printable;
import io.penstock.schema.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * History as lines for people: one for each fact that says something, as it comes. Of a foreach
 * only its progress is told, unless every round is wanted.
 */
final class EventLines {
  private static final int TIME_OF_DAY = 11;
  private static final int MILLIS_END = 23;
  private static final int PATH_WIDTH = 16;

  private final Colours colours;
  private final FoldedRounds rounds;
  private String day = "";

  EventLines(Colours colours, boolean everyRound) {
    this.colours = colours;
    this.rounds = new FoldedRounds(everyRound);
  }

  /** Empty if there is nothing to tell. */
  List<String> of(Json record) {
    List<String> lines = new ArrayList<>();
    String at = Wording.text(record, "at");
    if (record.at("facts") instanceof List<?> facts) {
      for (Object each : facts) {
        Json fact = Json.of(each);
        for (EventText text : rounds.tell(fact, at)) {
          addDay(lines, at);
          lines.add(line(at, text));
        }
      }
    }
    return lines;
  }

  /** What is still to be told at the end. */
  List<String> last() {
    return rounds.last().stream().map(text -> line("", text)).toList();
  }

  private void addDay(List<String> lines, String at) {
    String thisDay = at.length() < TIME_OF_DAY ? "" : at.substring(0, TIME_OF_DAY - 1);
    if (!thisDay.equals(day)) {
      day = thisDay;
      lines.add(colours.paint(Tone.FAINT, day + ", times in UTC"));
    }
  }

  private String line(String at, EventText text) {
    String path = Printable.line(text.path().isEmpty() ? "execution" : text.path());
    String said = Printable.line(text.text());
    return colours.paint(Tone.FAINT, timeOfDay(at))
        + "  "
        + path
        + " ".repeat(Math.max(0, PATH_WIDTH - path.length()))
        + "  "
        + (text.tone() == null ? said : colours.paint(text.tone(), said));
  }

  /** {@code 12:00:05.250}, also where the text has no or more digits behind the second. */
  private static String timeOfDay(String at) {
    String padded =
        at.length() < TIME_OF_DAY
            ? ""
            : at.contains(".") ? at.replace("Z", "000") : at.replace("Z", ".000");
    return padded.length() < MILLIS_END
        ? " ".repeat(MILLIS_END - TIME_OF_DAY)
        : padded.substring(TIME_OF_DAY, MILLIS_END);
  }
}
