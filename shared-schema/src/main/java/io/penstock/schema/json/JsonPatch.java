package io.penstock.schema.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An edit of a JSON document (RFC 6902). The same patch makes the same bytes of the same document
 * in every process, and however it is written it cannot make more than {@link #MAX_GROWTH_BYTES} of
 * it: twenty copies of the whole into itself would make a million of one.
 *
 * <p>By hand, since the libraries for it bound neither size nor depth, and compare 1 and 1.0 as
 * different.
 */
public final class JsonPatch {
  public static final int MAX_OPERATIONS = 100;

  /** Of the patch itself, as it is written. */
  public static final int MAX_BYTES = 64 * 1024;

  static final int MAX_GROWTH_BYTES = 1024 * 1024;

  /** A document is nested itself, in the message that carries it. */
  private static final int MAX_DEPTH = JsonMapper.MAX_DEPTH - 10;

  private static final int SCALAR_BYTES = 8;
  private static final int SHOWN_PATH = 200;

  private final List<Operation> operations;

  private JsonPatch(List<Operation> operations) {
    this.operations = operations;
  }

  private enum Op {
    ADD,
    REMOVE,
    REPLACE,
    MOVE,
    COPY,
    TEST
  }

  /**
   * @param from of move and copy only, otherwise the path again
   * @param value of add, replace and test only
   */
  private record Operation(Op op, JsonPointer path, JsonPointer from, Object value) {}

  /**
   * Reads a patch.
   *
   * @throws JsonPatchException if it is none, or larger than the limits
   */
  public static JsonPatch of(Json document) throws JsonPatchException {
    if (document.sizeBytes() > MAX_BYTES) {
      throw new JsonPatchException(
          "the patch has %d bytes, the limit is %d".formatted(document.sizeBytes(), MAX_BYTES));
    }
    if (!(document.value() instanceof List<?> list)) {
      throw new JsonPatchException("a JSON patch is an array of operations");
    }
    if (list.size() > MAX_OPERATIONS) {
      throw new JsonPatchException(
          "the patch has %d operations, the limit is %d".formatted(list.size(), MAX_OPERATIONS));
    }
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      try {
        operations.add(operation(list.get(i)));
      } catch (JsonPatchException e) {
        throw new JsonPatchException("operation %d %s".formatted(i, e.getMessage()));
      }
    }
    return new JsonPatch(operations);
  }

  private static Operation operation(Object json) throws JsonPatchException {
    if (!(json instanceof Map<?, ?> members)) {
      throw new JsonPatchException("is no object");
    }
    Op op = op(members.get("op"));
    JsonPointer path = pointer(members, "path");
    return switch (op) {
      case ADD, REPLACE, TEST -> {
        if (!members.containsKey("value")) {
          throw new JsonPatchException("has no member 'value'");
        }
        yield new Operation(op, path, path, members.get("value"));
      }
      case REMOVE -> new Operation(op, path, path, null);
      case MOVE, COPY -> new Operation(op, path, pointer(members, "from"), null);
    };
  }

  private static Op op(Object name) throws JsonPatchException {
    return switch (name instanceof String text ? text : "") {
      case "add" -> Op.ADD;
      case "remove" -> Op.REMOVE;
      case "replace" -> Op.REPLACE;
      case "move" -> Op.MOVE;
      case "copy" -> Op.COPY;
      case "test" -> Op.TEST;
      default ->
          throw new JsonPatchException(
              "has no member 'op' of add, remove, replace, move, copy and test");
    };
  }

  private static JsonPointer pointer(Map<?, ?> members, String name) throws JsonPatchException {
    if (!(members.get(name) instanceof String text)) {
      throw new JsonPatchException("has no member '" + name + "'");
    }
    try {
      return JsonPointer.parse(text);
    } catch (JsonPatchException e) {
      throw new JsonPatchException("member '" + name + "' " + e.getMessage());
    }
  }

  /**
   * The edited document; all operations, or none.
   *
   * @throws JsonPatchException naming the first operation, counted from 0, that does not fit
   */
  public Json apply(Json document) throws JsonPatchException {
    Object here = document.value();
    Growth growth = new Growth();
    for (int i = 0; i < operations.size(); i++) {
      Operation operation = operations.get(i);
      try {
        here = applied(operation, here, growth);
      } catch (JsonPatchException e) {
        throw new JsonPatchException(
            "operation %d (%s): %s".formatted(i, shown(operation), e.getMessage()));
      }
    }
    return Json.of(here);
  }

  private static Object applied(Operation operation, Object here, Growth growth)
      throws JsonPatchException {
    JsonPointer path = operation.path();
    return switch (operation.op()) {
      case ADD -> path.add(here, growth.allowed(path, operation.value()));
      case REPLACE -> path.replace(here, growth.allowed(path, operation.value()));
      case REMOVE -> path.remove(here);
      case COPY -> path.add(here, growth.allowed(path, operation.from().get(here)));
      case MOVE -> {
        if (path.isInside(operation.from())) {
          throw new JsonPatchException("it cannot move into itself");
        }
        Object moved = growth.allowed(path, operation.from().get(here));
        yield path.equals(operation.from()) ? here : path.add(operation.from().remove(here), moved);
      }
      case TEST -> {
        if (!same(path.get(here), operation.value())) {
          throw new JsonPatchException("another value stands there");
        }
        yield here;
      }
    };
  }

  private static String shown(Operation operation) {
    String path = operation.path().text();
    return operation.op().name().toLowerCase(Locale.ROOT)
        + " "
        + (path.length() > SHOWN_PATH ? path.substring(0, SHOWN_PATH) + "…" : path);
  }

  /** As RFC 6902 compares: numbers by their value, objects without regard to order. */
  private static boolean same(Object one, Object other) {
    if (one instanceof Number a && other instanceof Number b) {
      return decimal(a).compareTo(decimal(b)) == 0;
    }
    if (one instanceof Map<?, ?> a && other instanceof Map<?, ?> b) {
      return a.size() == b.size()
          && a.entrySet().stream()
              .allMatch(
                  member ->
                      b.containsKey(member.getKey())
                          && same(member.getValue(), b.get(member.getKey())));
    }
    if (one instanceof List<?> a && other instanceof List<?> b) {
      if (a.size() != b.size()) {
        return false;
      }
      for (int i = 0; i < a.size(); i++) {
        if (!same(a.get(i), b.get(i))) {
          return false;
        }
      }
      return true;
    }
    return one == null ? other == null : one.equals(other);
  }

  private static BigDecimal decimal(Number number) {
    return switch (number) {
      case BigInteger big -> new BigDecimal(big);
      case Double real -> new BigDecimal(real);
      default -> BigDecimal.valueOf(number.longValue());
    };
  }

  /** What the operations so far have put in; the same part counts as often as it is put in. */
  private static final class Growth {
    private long bytes;

    Object allowed(JsonPointer path, Object value) throws JsonPatchException {
      add(value, path.tokens().size());
      return value;
    }

    private void add(Object value, int depth) throws JsonPatchException {
      if (depth > MAX_DEPTH) {
        throw new JsonPatchException("it would nest the document too deeply");
      }
      bytes += SCALAR_BYTES + (value instanceof String text ? text.length() : 0);
      if (bytes > MAX_GROWTH_BYTES) {
        throw new JsonPatchException(
            "the patch would put in more than %d bytes".formatted(MAX_GROWTH_BYTES));
      }
      if (value instanceof Map<?, ?> object) {
        for (Map.Entry<?, ?> member : object.entrySet()) {
          bytes += ((String) member.getKey()).length();
          add(member.getValue(), depth + 1);
        }
      } else if (value instanceof List<?> list) {
        for (Object item : list) {
          add(item, depth + 1);
        }
      }
    }
  }
}
