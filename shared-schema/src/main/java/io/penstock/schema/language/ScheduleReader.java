package io.penstock.schema.language;

import io.penstock.schema.definition.Retry;
import io.penstock.schema.definition.Retry.Backoff;
import io.penstock.schema.definition.Retry.Schedule;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads how many retries there are, and how long to wait before each. */
final class ScheduleReader {
  private static final int MAX_RETRIES = 100;
  private static final int DEFAULT_LIMIT = 5;
  private static final double DEFAULT_FACTOR = 2;
  private static final double MAX_FACTOR = 100;
  private static final Duration DEFAULT_MAX = Duration.ofHours(1);
  private static final Duration SHORTEST = Duration.ZERO;
  private static final Duration LONGEST = Duration.ofDays(30);
  private static final Duration SHORTEST_IN_ALL = Duration.ofMillis(10);

  private final Problems problems;
  private final Values values;

  ScheduleReader(Problems problems) {
    this.problems = problems;
    this.values = new Values(problems);
  }

  /**
   * @param what the fields are those of, for messages: {@code a rule of retry}
   * @param mayBeNone whether {@code delays: []} stands for no retries
   */
  Optional<Schedule> read(Fields fields, String what, boolean mayBeNone) {
    if (fields.has("delays") == fields.has("backoff")) {
      problems.add(fields.spot(), what + " needs either 'delays' or 'backoff'");
      return Optional.empty();
    }
    return Optional.of(fields.has("delays") ? delays(fields, mayBeNone) : backoff(fields));
  }

  private Schedule delays(Fields fields, boolean mayBeNone) {
    List<Node> written =
        fields.find("delays").map(node -> durations(node, mayBeNone)).orElse(List.of());
    if (written.size() > MAX_RETRIES) {
      problems.add(fields.spot("delays"), "at most " + MAX_RETRIES + " retries");
    }
    List<Duration> delays = written.stream().flatMap(node -> delay(node).stream()).toList();
    Limit limit = fields.find("limit").map(this::limit).orElse(Limit.NONE);
    if (limit.count().isPresent()) {
      problems.add(
          fields.spot("limit"),
          "as many retries are made as 'delays' has entries; of 'limit' only {duration: 10m} is"
              + " possible here");
    }
    return new Retry.Delays(delays, jitter(fields), limit.duration());
  }

  private List<Node> durations(Node node, boolean mayBeNone) {
    boolean none = node instanceof Node.Sequence list && list.elements().isEmpty();
    return none && mayBeNone ? List.of() : values.list(node, "durations");
  }

  private Schedule backoff(Fields fields) {
    Backoff.Kind kind =
        fields
            .find("backoff")
            .flatMap(
                node ->
                    values.choice(
                        node,
                        List.of(Backoff.Kind.values()),
                        choice -> choice.name().toLowerCase(Locale.ROOT)))
            .orElse(Backoff.Kind.EXPONENTIAL);
    if (fields.has("factor") && kind != Backoff.Kind.EXPONENTIAL) {
      problems.add(fields.spot("factor"), "only backoff: exponential has a factor; leave it out");
    }
    Duration delay = fields.require("delay", "1s").flatMap(this::delay).orElse(SHORTEST);
    double factor =
        fields
            .find("factor")
            .flatMap(node -> values.number(node, 1, MAX_FACTOR))
            .orElse(DEFAULT_FACTOR);
    Duration max = fields.find("max").flatMap(this::delay).orElse(DEFAULT_MAX);
    Limit limit = fields.find("limit").map(this::limit).orElse(Limit.NONE);
    return new Backoff(
        kind,
        delay,
        factor,
        max,
        limit.count().orElse(DEFAULT_LIMIT),
        jitter(fields),
        limit.duration());
  }

  /**
   * What {@code limit} says.
   *
   * @param count number of retries
   * @param duration of all of them together
   */
  private record Limit(Optional<Integer> count, Optional<Duration> duration) {
    static final Limit NONE = new Limit(Optional.empty(), Optional.empty());
  }

  /** A number of retries alone, or with names. */
  private Limit limit(Node node) {
    if (!(node instanceof Node.Mapping mapping)) {
      return new Limit(count(node), Optional.empty());
    }
    Fields fields = Fields.of(node, "limit", problems);
    if (mapping.members().containsKey("attempt") && fields.has("attempt")) {
      problems.add(
          fields.spot("attempt"),
          "write the number of retries as 'count' here; the duration of one attempt is limited by"
              + " the step's 'timeout'");
    }
    if (!fields.has("count") && !fields.has("duration")) {
      problems.add(fields.spot(), "limit needs 'duration' or 'count', e.g. {duration: 10m}");
    }
    Limit limit =
        new Limit(
            fields.find("count").flatMap(this::count),
            fields
                .find("duration")
                .flatMap(duration -> values.duration(duration, SHORTEST_IN_ALL, LONGEST)));
    fields.done();
    return limit;
  }

  private Optional<Integer> count(Node node) {
    return values.integer(node, 1, MAX_RETRIES);
  }

  private Optional<Duration> delay(Node node) {
    return values.duration(node, SHORTEST, LONGEST);
  }

  private double jitter(Fields fields) {
    return fields.find("jitter").flatMap(node -> values.number(node, 0, 1)).orElse(0.0);
  }
}
