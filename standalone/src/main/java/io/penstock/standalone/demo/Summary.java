package io.penstock.standalone.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;

/**
 * The demo in numbers.
 *
 * @param failed executions that ended otherwise, or not at all
 * @param took from the first webhook to the last end
 */
record Summary(
    int executions,
    int completed,
    int failed,
    long high,
    long medium,
    long low,
    long notifications,
    Duration took) {

  static Summary of(
      Collection<ExecutionProgress> all, int executions, long notifications, Duration took) {
    int completed = (int) all.stream().filter(ExecutionProgress::hasCompleted).count();
    return new Summary(
        executions,
        completed,
        all.size() - completed,
        count(all, Route.HIGH),
        count(all, Route.MEDIUM),
        count(all, Route.LOW),
        notifications,
        took);
  }

  private static long count(Collection<ExecutionProgress> all, Route route) {
    return all.stream()
        .filter(one -> one.route().filter(route.toString()::equals).isPresent())
        .count();
  }

  private double seconds() {
    return took.toMillis() / 1000.0;
  }

  /** One line, for whoever reads the demo by a program. */
  String json() {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("executions", executions).put("completed", completed).put("failed", failed);
    line.putObject("routes").put("high", high).put("medium", medium).put("low", low);
    return line.put("notifications", notifications).put("seconds", seconds()).toString();
  }

  /** One line, for people. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d of %d executions completed in %.1f s: %d high, %d medium, %d low; %d notifications",
        completed,
        executions,
        seconds(),
        high,
        medium,
        low,
        notifications);
  }
}
