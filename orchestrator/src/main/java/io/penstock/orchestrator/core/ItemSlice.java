package io.penstock.orchestrator.core;

import io.penstock.schema.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Some of the items of a foreach, that lie next to each other. A round reads the slice with its
 * item and not the whole list, so that it costs the same in a long list as in a short one.
 */
public record ItemSlice(List<Json> items) {
  static final int ITEMS = 50;

  public ItemSlice {
    items = List.copyOf(items);
  }

  /** All slices of a list, in order. */
  static List<ItemSlice> of(List<?> list) {
    List<ItemSlice> slices = new ArrayList<>(Math.ceilDiv(list.size(), ITEMS));
    for (int from = 0; from < list.size(); from += ITEMS) {
      List<?> part = list.subList(from, Math.min(list.size(), from + ITEMS));
      slices.add(new ItemSlice(part.stream().map(Json::of).toList()));
    }
    return slices;
  }
}
