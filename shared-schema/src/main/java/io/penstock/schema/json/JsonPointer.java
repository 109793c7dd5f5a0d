package io.penstock.schema.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A place in a JSON document (RFC 6901). Documents are the unmodifiable values of {@link
 * Json#value}; a change gives a new one, which shares with the old what is beside the way.
 */
record JsonPointer(String text, List<String> tokens) {
  private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");
  private static final Pattern UNESCAPED_TILDE = Pattern.compile("~(?![01])");
  private static final String BEHIND_THE_LAST = "-";

  /** What becomes of the object or the array that holds a place. */
  private interface Change {
    Object of(Object holder, String token) throws JsonPatchException;
  }

  static JsonPointer parse(String text) throws JsonPatchException {
    if (text.isEmpty()) {
      return new JsonPointer(text, List.of());
    }
    if (text.charAt(0) != '/' || UNESCAPED_TILDE.matcher(text).find()) {
      throw new JsonPatchException("is no JSON pointer, such as /input/email");
    }
    List<String> tokens =
        Arrays.stream(text.substring(1).split("/", -1))
            .map(token -> token.replace("~1", "/").replace("~0", "~"))
            .toList();
    return new JsonPointer(text, tokens);
  }

  boolean isInside(JsonPointer other) {
    return tokens.size() > other.tokens.size()
        && tokens.subList(0, other.tokens.size()).equals(other.tokens);
  }

  Object get(Object document) throws JsonPatchException {
    Object here = document;
    for (String token : tokens) {
      here = child(here, token);
    }
    return here;
  }

  Object add(Object document, Object value) throws JsonPatchException {
    return tokens.isEmpty()
        ? value
        : changed(
            document,
            0,
            (holder, token) -> {
              if (holder instanceof Map<?, ?> object) {
                return with(object, token, value);
              }
              List<Object> items = items(holder);
              items.add(BEHIND_THE_LAST.equals(token) ? items.size() : at(token, items), value);
              return Collections.unmodifiableList(items);
            });
  }

  Object remove(Object document) throws JsonPatchException {
    if (tokens.isEmpty()) {
      throw new JsonPatchException("would leave no document at all");
    }
    return changed(
        document,
        0,
        (holder, token) -> {
          Object ignored = child(holder, token); // only to be refused if it is not there
          if (holder instanceof Map<?, ?> object) {
            Map<String, Object> rest = copy(object);
            rest.remove(token);
            return Collections.unmodifiableMap(rest);
          }
          List<Object> items = items(holder);
          items.remove(at(token, items));
          return Collections.unmodifiableList(items);
        });
  }

  Object replace(Object document, Object value) throws JsonPatchException {
    return tokens.isEmpty()
        ? value
        : changed(
            document,
            0,
            (holder, token) -> {
              Object ignored = child(holder, token);
              if (holder instanceof Map<?, ?> object) {
                return with(object, token, value);
              }
              List<Object> items = items(holder);
              items.set(at(token, items), value);
              return Collections.unmodifiableList(items);
            });
  }

  private Object changed(Object here, int depth, Change change) throws JsonPatchException {
    String token = tokens.get(depth);
    if (depth == tokens.size() - 1) {
      return change.of(here, token);
    }
    Object below = changed(child(here, token), depth + 1, change);
    if (here instanceof Map<?, ?> object) {
      return with(object, token, below);
    }
    List<Object> items = items(here);
    items.set(at(token, items), below);
    return Collections.unmodifiableList(items);
  }

  private static Object child(Object here, String token) throws JsonPatchException {
    if (here instanceof Map<?, ?> object && object.containsKey(token)) {
      return object.get(token);
    }
    if (here instanceof List<?> list) {
      int index = at(token, list);
      if (index < list.size()) {
        return list.get(index);
      }
    }
    throw new JsonPatchException("nothing stands there");
  }

  /** From 0 up to one behind the last. */
  private static int at(String token, List<?> list) throws JsonPatchException {
    if (!INDEX.matcher(token).matches() || Integer.parseInt(token) > list.size()) {
      throw new JsonPatchException(
          "'%s' is no place in an array of %d".formatted(shown(token), list.size()));
    }
    return Integer.parseInt(token);
  }

  private static String shown(String token) {
    return token.length() > 20 ? token.substring(0, 20) + "…" : token;
  }

  private static List<Object> items(Object holder) throws JsonPatchException {
    if (holder instanceof List<?> list) {
      return new ArrayList<>(list);
    }
    throw new JsonPatchException("what holds it is neither an object nor an array");
  }

  private static Map<String, Object> with(Map<?, ?> object, String name, Object value) {
    Map<String, Object> changed = copy(object);
    changed.put(name, value);
    return Collections.unmodifiableMap(changed);
  }

  @SuppressWarnings("unchecked") // JSON objects have string keys
  private static Map<String, Object> copy(Map<?, ?> object) {
    return new LinkedHashMap<>((Map<String, Object>) object);
  }
}
