package io.penstock.console.deadletter;

import io.penstock.console.execution.Problem;
import io.penstock.console.execution.ProblemException;
import io.penstock.console.projection.StorableText;
import io.penstock.schema.json.Json;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Letters that something is to be done with: {@code {"ids":[…]}}, {@code {"group":"…"}} or {@code
 * {"filter":{…}}} with the names of the list's parameters.
 *
 * @param asked the selection as it came
 * @param ids empty unless it names letters
 * @param filter of the others
 */
public record LetterSelection(Json asked, List<String> ids, LetterFilter filter) {
  private static final int MAX_IDS = 10_000;
  private static final String SHAPES =
      "a selection is {\"ids\":[…]}, {\"group\":\"…\"} or {\"filter\":{…}}";

  /**
   * @param selection the member of that name; null if there is none
   * @throws ProblemException saying what is wrong with it
   */
  public static LetterSelection of(Object selection) {
    if (!(selection instanceof Map<?, ?> members) || members.size() != 1) {
      throw refused(SHAPES);
    }
    Object named = members.values().iterator().next();
    String how = String.valueOf(members.keySet().iterator().next());
    return switch (how) {
      case "ids" -> new LetterSelection(Json.of(selection), ids(named), anyOf(Map.of()));
      case "group" ->
          new LetterSelection(
              Json.of(selection), List.of(), anyOf(Map.of("group", text("group", named))));
      case "filter" -> new LetterSelection(Json.of(selection), List.of(), filter(named));
      default -> throw refused("there is no selection by '%s': %s".formatted(how, SHAPES));
    };
  }

  /**
   * What has to hold, of rows of {@code console.dead_letter} named {@code l}.
   *
   * @param among the states in which letters can be selected at all; those named by ids, or by
   *     their group, may be in any of these
   * @param values get those of the parameters, in order
   */
  public String where(Connection connection, List<String> among, List<Object> values)
      throws SQLException {
    List<String> conditions = new ArrayList<>();
    conditions.add("l.status = any(?)");
    values.add(connection.createArrayOf("text", among.toArray()));
    if (!ids.isEmpty()) {
      conditions.add("l.id = any(?)");
      values.add(connection.createArrayOf("text", ids.toArray()));
      return String.join(" and ", conditions);
    }
    if (filter.statuses().size() == 1) {
      conditions.add("l.status = ?");
      values.add(filter.statuses().getFirst());
    }
    conditions.addAll(filter.conditions(values));
    return String.join(" and ", conditions);
  }

  private static LetterFilter anyOf(Map<String, String> members) {
    return LetterFilter.of(name -> "status".equals(name) ? "all" : members.get(name));
  }

  private static List<String> ids(Object named) {
    if (!(named instanceof List<?> list) || list.isEmpty() || list.size() > MAX_IDS) {
      throw refused("ids is a list of 1 to %d letters".formatted(MAX_IDS));
    }
    return list.stream().map(id -> text("ids", id)).distinct().toList();
  }

  /**
   * All open letters are meant by {@code {"status":"open"}}, and never by a name that was missed.
   */
  private static LetterFilter filter(Object named) {
    if (!(named instanceof Map<?, ?> members) || members.isEmpty()) {
      throw refused("filter has at least one of " + names());
    }
    for (Map.Entry<?, ?> member : members.entrySet()) {
      String name = String.valueOf(member.getKey());
      if (!LetterFilter.MEMBERS.contains(name)) {
        throw refused("there is no filter '%s'; accepted are %s".formatted(name, names()));
      }
      text(name, member.getValue());
    }
    try {
      return LetterFilter.of(name -> (String) members.get(name));
    } catch (ProblemException e) {
      throw refused(e.getMessage());
    }
  }

  private static String names() {
    return String.join(", ", LetterFilter.MEMBERS.stream().sorted().toList());
  }

  private static String text(String name, Object value) {
    if (value instanceof String text && StorableText.isStorable(text) && !text.isEmpty()) {
      return text;
    }
    throw refused("%s is text that is not empty".formatted(name));
  }

  static ProblemException refused(String detail) {
    return new ProblemException(
        new Problem(422, "invalid-request", "The request cannot be carried out", detail));
  }
}
