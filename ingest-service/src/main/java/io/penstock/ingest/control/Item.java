package io.penstock.ingest.control;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** One object of a request's list. A member that is null counts as left out. */
final class Item {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:~-]{1,128}");

  private final Map<?, ?> members;

  Item(Map<?, ?> members) {
    this.members = members;
  }

  /** A mistyped name would otherwise be a wish that is not heard. */
  void allow(Set<String> names) throws ItemException {
    for (Object name : members.keySet()) {
      if (!names.contains(name)) {
        throw new ItemException("", "has a member that is not known; known are " + sorted(names));
      }
    }
  }

  private static String sorted(Set<String> names) {
    return names.stream().sorted().toList().toString();
  }

  boolean has(String name) {
    return members.get(name) != null;
  }

  Object value(String name) {
    return members.get(name);
  }

  /** Chosen by the sender; an e-mail address is no id. */
  String id() throws ItemException {
    if (!(members.get("id") instanceof String id) || !ID.matcher(id).matches()) {
      throw new ItemException("id", "is 1 to 128 of the characters A-Z a-z 0-9 . _ : ~ -");
    }
    return id;
  }

  /** Without control characters, which would reach terminals and logs. */
  String text(String name, int min, int max) throws ItemException {
    if (!(members.get(name) instanceof String text)
        || text.length() < min
        || text.length() > max
        || (text.isBlank() && min > 0)
        || text.chars().anyMatch(Character::isISOControl)) {
      throw new ItemException(
          name,
          "is a text of %d to %d characters, none of them a control character".formatted(min, max));
    }
    return text;
  }
}
