package io.penstock.console.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.penstock.console.execution.Problem;
import io.penstock.console.execution.ProblemException;
import io.penstock.console.projection.StorableText;
import io.penstock.schema.json.Json;
import java.util.Map;
import java.util.Set;

/** What somebody wants done, as a request's body has it: with who that is, and why. */
public final class Wish {
  private static final int MAX_NAME = 200;
  private static final int MAX_REASON = 1_000;

  private final Map<?, ?> members;

  private Wish(Map<?, ?> members) {
    this.members = members;
  }

  /**
   * @param accepted names of members
   * @throws ProblemException if the body is no JSON object, or has a member of another name: a
   *     misspelt one would be a wish that nobody carries out
   */
  public static Wish read(byte[] body, Set<String> accepted) {
    Object value;
    try {
      value = Json.parse(body == null ? new byte[0] : body).value();
    } catch (JsonProcessingException e) {
      throw new ProblemException(
          new Problem(400, "malformed", "The body cannot be read", "the body is no JSON in UTF-8"));
    }
    if (!(value instanceof Map<?, ?> members)) {
      throw LetterSelection.refused("the body is no JSON object");
    }
    for (Object name : members.keySet()) {
      if (!accepted.contains(String.valueOf(name))) {
        throw LetterSelection.refused(
            "there is no member '%s'; accepted are %s"
                .formatted(name, String.join(", ", accepted.stream().sorted().toList())));
      }
    }
    return new Wish(members);
  }

  /** Null if it is not there. */
  public Object member(String name) {
    return members.get(name);
  }

  public String by() {
    return text("by", MAX_NAME);
  }

  public String reason() {
    return text("reason", MAX_REASON);
  }

  private String text(String name, int longest) {
    if (members.get(name) instanceof String text
        && !text.isBlank()
        && text.length() <= longest
        && StorableText.isStorable(text)) {
      return text;
    }
    throw LetterSelection.refused("%s is text of 1 to %d characters".formatted(name, longest));
  }
}
