package io.penstock.ingest.control;

import io.penstock.ingest.problem.Reason;
import io.penstock.ingest.problem.RejectedException;
import io.penstock.schema.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The list of a request, item by item. */
final class Items {
  private Items() {}

  /** Reads one item. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Item item) throws ItemException;
  }

  /**
   * @param name of the member that is the list
   * @throws RejectedException ({@code invalid-control}) with {@code index}, {@code id} and {@code
   *     member} of the first item that is wrong
   */
  static <T> List<T> of(Json body, String name, int most, Reader<T> reader)
      throws RejectedException {
    if (!(body.at(name) instanceof List<?> list) || list.isEmpty() || list.size() > most) {
      throw new RejectedException(
          Reason.INVALID_CONTROL,
          "the body is an object whose member '%s' is a list of 1 to %d".formatted(name, most));
    }
    List<T> items = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      if (!(list.get(i) instanceof Map<?, ?> members)) {
        throw wrong(name, i, Map.of(), new ItemException("", "is no object"));
      }
      try {
        items.add(reader.read(new Item(members)));
      } catch (ItemException e) {
        throw wrong(name, i, members, e);
      }
    }
    return items;
  }

  private static RejectedException wrong(
      String name, int index, Map<?, ?> members, ItemException wrong) {
    Map<String, Object> extensions = new LinkedHashMap<>();
    extensions.put("index", index);
    try {
      extensions.put("id", new Item(members).id());
    } catch (ItemException e) {
      // It has none that could be told.
    }
    if (!wrong.member().isEmpty()) {
      extensions.put("member", wrong.member());
    }
    return new RejectedException(
        Reason.INVALID_CONTROL,
        "nothing was sent: /%s/%d%s %s"
            .formatted(
                name,
                index,
                wrong.member().isEmpty() ? "" : "/" + wrong.member(),
                wrong.getMessage()),
        extensions);
  }
}
