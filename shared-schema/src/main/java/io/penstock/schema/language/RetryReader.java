package io.penstock.schema.language;

import io.penstock.schema.definition.Retry;
import io.penstock.schema.definition.Retry.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code retry}. */
final class RetryReader {
  private static final int MAX_RETRIES = 100;
  private static final int DEFAULT_LIMIT = 5;
  private static final double DEFAULT_FACTOR = 2;
  private static final double MAX_FACTOR = 100;
  private static final Duration DEFAULT_MAX = Duration.ofHours(1);
  private static final Duration SHORTEST = Duration.ZERO;
  private static final Duration LONGEST = Duration.ofDays(30);

  private final Problems problems;
  private final Values values;

  RetryReader(Problems problems) {
    this.problems = problems;
    this.values = new Values(problems);
  }

  Optional<Retry> read(Node node) {
    if (node instanceof Node.Scalar scalar) {
      if ("none".equals(scalar.value())) {
        return Optional.of(Retry.NONE);
      }
      problems.add(
          node.spot(),
          "write retry: none, {delays: [1s, 5s]} or {backoff: exponential, delay: 1s, limit: 5}");
      return Optional.empty();
    }
    Fields fields = Fields.of(node, "retry", problems);
    if (fields.has("delays") == fields.has("backoff")) {
      problems.add(fields.spot(), "retry needs either 'delays' or 'backoff'");
      return Optional.empty();
    }
    Optional<Retry> retry = fields.has("delays") ? delays(fields) : backoff(fields);
    fields.done();
    return retry;
  }

  private Optional<Retry> delays(Fields fields) {
    List<Node> written =
        fields.find("delays").map(node -> values.list(node, "durations")).orElse(List.of());
    if (written.size() > MAX_RETRIES) {
      problems.add(fields.spot("delays"), "at most " + MAX_RETRIES + " retries");
    }
    List<Duration> delays =
        written.stream()
            .flatMap(node -> values.duration(node, SHORTEST, LONGEST).stream())
            .toList();
    return Optional.of(new Retry.Delays(delays, jitter(fields)));
  }

  private Optional<Retry> backoff(Fields fields) {
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
    return Optional.of(
        new Backoff(
            kind,
            fields.require("delay", "1s").flatMap(this::delay).orElse(SHORTEST),
            fields
                .find("factor")
                .flatMap(node -> values.number(node, 1, MAX_FACTOR))
                .orElse(DEFAULT_FACTOR),
            fields.find("max").flatMap(this::delay).orElse(DEFAULT_MAX),
            fields
                .find("limit")
                .flatMap(node -> values.integer(node, 1, MAX_RETRIES))
                .orElse(DEFAULT_LIMIT),
            jitter(fields)));
  }

  private Optional<Duration> delay(Node node) {
    return values.duration(node, SHORTEST, LONGEST);
  }

  private double jitter(Fields fields) {
    return fields.find("jitter").flatMap(node -> values.number(node, 0, 1)).orElse(0.0);
  }
}
