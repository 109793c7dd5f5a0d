package io.penstock.console.deadletter;

import io.penstock.console.execution.Parameters;
import io.penstock.console.execution.ProblemException;
import io.penstock.console.projection.StorableText;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Which letters are meant. All that is given has to hold.
 *
 * @param statuses at least one
 * @param words a tsquery
 * @param from of that time or later
 * @param until before that time
 */
public record LetterFilter(
    List<String> statuses,
    Optional<String> workflow,
    Optional<String> version,
    Optional<String> step,
    Optional<String> errorType,
    Optional<String> group,
    Optional<String> kind,
    Optional<String> words,
    Optional<Instant> from,
    Optional<Instant> until) {
  /** Names of its members, in queries and in selections. */
  static final Set<String> MEMBERS =
      Set.of(
          "workflow",
          "version",
          "step",
          "errorType",
          "group",
          "kind",
          "status",
          "text",
          "from",
          "until");

  private static final String OPEN = "open";
  private static final String ALL = "all";
  private static final List<String> STATUSES =
      List.of(OPEN, "replaying", "resolved", "discarded", "parked");

  /**
   * Reads query parameters, or the members of a selection.
   *
   * @param given value by name; null for one that was not given
   * @throws ProblemException naming the parameter and what it may be
   */
  static LetterFilter of(Function<String, String> given) {
    Function<String, Optional<String>> text =
        name -> Optional.ofNullable(given.apply(name)).map(value -> plain(name, value));
    return new LetterFilter(
        text.apply("status").map(LetterFilter::statuses).orElse(List.of(OPEN)),
        text.apply("workflow"),
        text.apply("version"),
        text.apply("step").map(LetterReader::stepOf),
        text.apply("errorType"),
        text.apply("group"),
        text.apply("kind").map(LetterFilter::kind),
        text.apply("text").map(LetterFilter::words),
        text.apply("from").map(value -> Parameters.instant("from", value)),
        text.apply("until").map(value -> Parameters.instant("until", value)));
  }

  /**
   * What has to hold besides the status, of rows of {@code console.dead_letter} named {@code l}.
   *
   * @param values get those of the parameters, in order
   */
  List<String> conditions(List<Object> values) {
    List<String> conditions = new ArrayList<>();
    equal(conditions, values, "l.workflow", workflow);
    equal(conditions, values, "l.version", version);
    equal(conditions, values, "l.step", step);
    equal(conditions, values, "l.error_type", errorType);
    equal(conditions, values, "l.fingerprint", group);
    equal(conditions, values, "l.kind", kind);
    words.ifPresent(query -> add(conditions, values, "l.words @@ ?::tsquery", query));
    from.ifPresent(time -> add(conditions, values, "l.at >= ?", Timestamp.from(time)));
    until.ifPresent(time -> add(conditions, values, "l.at < ?", Timestamp.from(time)));
    return conditions;
  }

  private static void equal(
      List<String> conditions, List<Object> values, String column, Optional<String> value) {
    value.ifPresent(text -> add(conditions, values, column + " = ?", text));
  }

  private static void add(
      List<String> conditions, List<Object> values, String condition, Object value) {
    conditions.add(condition);
    values.add(value);
  }

  private static String plain(String name, String value) {
    if (value.isEmpty() || !StorableText.isStorable(value)) {
      throw Parameters.refused(name, value, "text that is not empty");
    }
    return value;
  }

  private static List<String> statuses(String text) {
    if (ALL.equals(text)) {
      return STATUSES;
    }
    if (!STATUSES.contains(text)) {
      throw Parameters.refused("status", text, ALL + " or one of " + String.join(", ", STATUSES));
    }
    return List.of(text);
  }

  private static String kind(String text) {
    if (!List.of(Letter.STEP, Letter.RECORD).contains(text)) {
      throw Parameters.refused("kind", text, Letter.STEP + " or " + Letter.RECORD);
    }
    return text;
  }

  private static String words(String text) {
    String query = SearchWords.query(text);
    if (query.isEmpty()) {
      throw Parameters.refused("text", text, "a word or several, of letters and digits");
    }
    return query;
  }
}
