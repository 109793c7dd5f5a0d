package io.penstock.soak.world;

import io.penstock.soak.account.Expectation;
import io.penstock.soak.account.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The events that are sent, and what each has to lead to. Two of three are leads; the others are
 * orders of one to three lines, and of every other order the goods cannot be shipped: all that was
 * done for it is undone.
 */
public final class Events {
  private static final Pattern OURS = Pattern.compile("evt-\\d+-\\d+");
  private static final int ORDER_EVERY = 3;
  private static final int REFUSED_EVERY = 2;
  private static final int MOST_LINES = 3;

  private Events() {}

  public static String id(int cycle, int number) {
    return "evt-" + cycle + "-" + number;
  }

  /** The cycle in which it was sent; -1 if it is none of ours. */
  public static int cycle(String id) {
    return OURS.matcher(id).matches() ? Integer.parseInt(id.split("-", -1)[1]) : -1;
  }

  private static int number(String id) {
    return Integer.parseInt(id.split("-", -1)[2]);
  }

  private static boolean isOrder(String id) {
    return number(id) % ORDER_EVERY == 0;
  }

  private static int lines(String id) {
    return 1 + number(id) / ORDER_EVERY % MOST_LINES;
  }

  private static boolean cannotBeShipped(String id) {
    return isOrder(id) && number(id) / ORDER_EVERY % REFUSED_EVERY == 0;
  }

  static boolean isRefused(Place place) {
    return place.step().equals("ship") && cannotBeShipped(place.event());
  }

  /** The body of its webhook. */
  public static Map<String, Object> body(String id) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("id", id);
    body.put("type", isOrder(id) ? "order.placed" : "contact.created");
    if (isOrder(id)) {
      body.put("lines", IntStream.range(0, lines(id)).mapToObj(line -> "line " + line).toList());
    }
    return body;
  }

  public static Expectation expectation(String id) {
    return isOrder(id) ? order(id) : lead(id);
  }

  private static Expectation lead(String id) {
    return new Expectation(
        "lead",
        "COMPLETED",
        List.of(
            Set.of(new Place("company", id)),
            Set.of(new Place(StubWorld.MODEL_STEP, id)),
            Set.of(new Place("tell", id))));
  }

  private static Expectation order(String id) {
    List<Set<Place>> stages = new ArrayList<>();
    stages.add(Set.of(new Place("credit", id), new Place("stock", id)));
    IntStream.range(0, lines(id)).forEach(line -> stages.add(Set.of(line("reserve", id, line))));
    stages.add(Set.of(new Place("charge", id)));
    stages.add(
        IntStream.range(0, lines(id))
            .mapToObj(line -> line("label", id, line))
            .collect(Collectors.toSet()));
    stages.add(Set.of(new Place("ship", id)));
    if (!cannotBeShipped(id)) {
      return new Expectation("order", "COMPLETED", stages);
    }
    stages.add(Set.of(new Place("refund", id)));
    for (int line = lines(id) - 1; line >= 0; line--) {
      stages.add(Set.of(line("release", id, line)));
    }
    return new Expectation("order", "COMPENSATED", stages);
  }

  private static Place line(String step, String id, int line) {
    return new Place(step, id + "/" + line);
  }
}
