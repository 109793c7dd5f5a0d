package io.penstock.console.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.console.execution.ProblemException;
import io.penstock.schema.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON Patch (RFC 6902) on its way to the orchestrator, which alone applies it. Here it is only
 * kept from being something else, and shown beside what stands there now.
 */
record Patch(Json document) {
  private static final int MAX_BYTES = 64 << 10;
  private static final int MAX_OPERATIONS = 100;
  private static final int MAX_SHOWN = 2_000;
  private static final Set<String> WITH_VALUE = Set.of("add", "replace", "test");
  private static final Set<String> WITH_FROM = Set.of("move", "copy");
  private static final String REMOVE = "remove";

  /**
   * What one operation is about.
   *
   * @param before what stands at the path in the example; absent if nothing does, or null
   * @param after what the operation puts there; absent if it takes it away
   */
  record Change(String op, String path, Optional<Object> before, Optional<Object> after) {}

  /**
   * @throws ProblemException if it is no patch, or a larger one than the orchestrator takes
   */
  static Patch of(Json document) {
    if (document.sizeBytes() > MAX_BYTES
        || !(document.value() instanceof List<?> operations)
        || operations.isEmpty()
        || operations.size() > MAX_OPERATIONS) {
      throw ReplayWish.refused(
          "patch is a JSON Patch: a list of 1 to %d operations, of %d bytes at most"
              .formatted(MAX_OPERATIONS, MAX_BYTES));
    }
    for (int i = 0; i < operations.size(); i++) {
      if (!(operations.get(i) instanceof Map<?, ?> operation) || !isOperation(operation)) {
        throw ReplayWish.refused(
            "operation %d of the patch is none of add, replace and test (path, value), move and copy (path, from), remove (path)"
                .formatted(i));
      }
    }
    return new Patch(document);
  }

  private static boolean isOperation(Map<?, ?> operation) {
    Object op = operation.get("op");
    return op instanceof String name
        && isPointer(operation.get("path"))
        && (REMOVE.equals(name)
            || (WITH_VALUE.contains(name) && operation.containsKey("value"))
            || (WITH_FROM.contains(name) && isPointer(operation.get("from"))));
  }

  private static boolean isPointer(Object value) {
    return value instanceof String text && (text.isEmpty() || text.charAt(0) == '/');
  }

  /**
   * Each operation beside the example as it stands, not as the operations before have made it.
   *
   * @param example what a letter's command carries
   */
  List<Change> against(Object example) {
    List<Change> changes = new ArrayList<>();
    for (Object each : (List<?>) document.value()) {
      Map<?, ?> operation = (Map<?, ?>) each;
      String op = (String) operation.get("op");
      String path = (String) operation.get("path");
      Object after =
          WITH_FROM.contains(op)
              ? at(example, (String) operation.get("from"))
              : operation.get("value");
      changes.add(
          new Change(
              op,
              path,
              Optional.ofNullable(at(example, path)).map(Patch::shown),
              Optional.ofNullable(after).map(Patch::shown)));
    }
    return changes;
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

  private static Object shown(Object value) {
    Json json = Json.of(value);
    return json.sizeBytes() <= MAX_SHOWN
        ? value
        : new String(json.utf8(), 0, MAX_SHOWN, UTF_8) + "…";
  }
}
