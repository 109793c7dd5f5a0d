package io.penstock.console.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.console.execution.ProblemException;
import io.penstock.schema.json.Json;
import io.penstock.schema.json.JsonPatch;
import io.penstock.schema.json.JsonPatchException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON Patch (RFC 6902) of letters: what it is, and what it does to one of them.
 *
 * @param document as it was asked for
 */
record Patch(Json document, JsonPatch operations) {
  private static final int MAX_SHOWN = 2_000;
  private static final String BEHIND_THE_LAST = "/-";

  /**
   * What one operation does.
   *
   * @param before what stands at its path when the operations before it are done; absent if nothing
   *     does, or null
   * @param after what stands there then
   * @param why it does not apply; those behind it are not tried
   */
  record Change(
      String op,
      String path,
      Optional<Object> before,
      Optional<Object> after,
      Optional<String> why) {}

  /**
   * @throws ProblemException if it is no patch, or a larger one than the orchestrator takes
   */
  static Patch of(Json document) {
    if (document.value() instanceof List<?> operations && operations.isEmpty()) {
      throw ReplayWish.refused("the patch has no operation");
    }
    try {
      return new Patch(document, JsonPatch.of(document));
    } catch (JsonPatchException e) {
      throw ReplayWish.refused("patch is a JSON Patch: " + e.getMessage());
    }
  }

  /** Why it does not apply to a document; empty if it does. */
  Optional<String> refusal(Json to) {
    try {
      operations.apply(to);
      return Optional.empty();
    } catch (JsonPatchException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** Each operation with what it finds and what it leaves, up to one that does not apply. */
  List<Change> against(Json example) {
    List<Change> changes = new ArrayList<>();
    Json here = example;
    for (Object each : (List<?>) document.value()) {
      Map<?, ?> operation = (Map<?, ?>) each;
      String op = (String) operation.get("op");
      String path = (String) operation.get("path");
      Optional<Object> before = shown(here, path);
      try {
        here = JsonPatch.of(Json.of(List.of(operation))).apply(here);
      } catch (JsonPatchException e) {
        changes.add(new Change(op, path, before, Optional.empty(), refusal(example)));
        return changes;
      }
      changes.add(new Change(op, path, before, shown(here, added(here, path)), Optional.empty()));
    }
    return changes;
  }

  /** Where an item went that was put behind the last one. */
  private static String added(Json document, String path) {
    if (!path.endsWith(BEHIND_THE_LAST)) {
      return path;
    }
    String array = path.substring(0, path.length() - BEHIND_THE_LAST.length());
    return at(document.value(), array) instanceof List<?> items
        ? array + "/" + (items.size() - 1)
        : path;
  }

  private static Object at(Object document, String pointer) {
    Object here = document;
    String[] tokens = pointer.split("/", -1);
    for (int i = 1; i < tokens.length; i++) {
      String token = tokens[i].replace("~1", "/").replace("~0", "~");
      if (here instanceof Map<?, ?> object) {
        here = object.get(token);
      } else if (here instanceof List<?> list && token.matches("\\d{1,6}")) {
        int index = Integer.parseInt(token);
        here = index < list.size() ? list.get(index) : null;
      } else {
        return null;
      }
    }
    return here;
  }

  private static Optional<Object> shown(Json document, String pointer) {
    return Optional.ofNullable(at(document.value(), pointer)).map(Patch::cut);
  }

  private static Object cut(Object value) {
    Json json = Json.of(value);
    return json.sizeBytes() <= MAX_SHOWN
        ? value
        : new String(json.utf8(), 0, MAX_SHOWN, UTF_8) + "…";
  }
}
