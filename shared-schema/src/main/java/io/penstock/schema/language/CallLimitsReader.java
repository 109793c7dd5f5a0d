package io.penstock.schema.language;

import io.penstock.schema.definition.CallLimits;
import io.penstock.schema.definition.CallLimits.CircuitBreaker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code rateLimit}, {@code maxConcurrent} and {@code circuitBreaker}. */
final class CallLimitsReader {
  private static final Pattern RATE =
      Pattern.compile("([0-9]{1,7})\\s*/\\s*([0-9]{0,5})(ms|s|min|m|h|d)");
  private static final String EXAMPLES = "60/min, 100/10s, 5/s, 1000/h or 20000/d";
  private static final int MAX_CALLS = 1_000_000;
  private static final int MAX_RATES = 5;
  private static final int MAX_CONCURRENT = 10_000;
  private static final int MAX_VOLUME = 1_000;
  private static final double SMALLEST_RATIO = 0.01;
  private static final Duration SHORTEST_PERIOD = Duration.ofMillis(100);
  private static final Duration LONGEST_PERIOD = Duration.ofDays(1);
  private static final Duration SHORTEST_DELAY = Duration.ofSeconds(1);
  private static final Duration LONGEST_DELAY = Duration.ofHours(1);

  private final Fields fields;
  private final Problems problems;
  private final Values values;

  private CallLimitsReader(Fields fields) {
    this.fields = fields;
    this.problems = fields.problems();
    this.values = new Values(problems);
  }

  static CallLimits read(Fields fields) {
    return new CallLimitsReader(fields).read();
  }

  private CallLimits read() {
    return new CallLimits(
        fields.find("rateLimit").map(this::rates).orElse(List.of()),
        fields.find("maxConcurrent").flatMap(node -> values.integer(node, 1, MAX_CONCURRENT)),
        fields.has("circuitBreaker")
            ? fields.find("circuitBreaker").flatMap(this::circuitBreaker)
            : Optional.of(CircuitBreaker.DEFAULT));
  }

  private List<CallLimits.Rate> rates(Node node) {
    if (!(node instanceof Node.Sequence)) {
      return rate(node).stream().toList();
    }
    List<Node> several = values.list(node, "limits");
    if (several.size() > MAX_RATES) {
      problems.add(node.spot(), "at most " + MAX_RATES + " limits");
    }
    return several.stream().flatMap(one -> rate(one).stream()).toList();
  }

  private Optional<CallLimits.Rate> rate(Node node) {
    if (!(node instanceof Node.Scalar scalar) || !(scalar.value() instanceof String text)) {
      return noRate(node, "a limit is calls per time, this is " + node.type());
    }
    Matcher matcher = RATE.matcher(text.strip());
    if (!matcher.matches()) {
      return noRate(node, "this is no limit of calls per time");
    }
    int calls = Integer.parseInt(matcher.group(1));
    Duration period = period(matcher.group(2), matcher.group(3));
    if (calls < 1 || calls > MAX_CALLS) {
      return noRate(node, "a limit has 1 to %d calls".formatted(MAX_CALLS));
    }
    if (period.compareTo(SHORTEST_PERIOD) < 0 || period.compareTo(LONGEST_PERIOD) > 0) {
      return noRate(node, "the time of a limit is 100ms to 1d");
    }
    return Optional.of(new CallLimits.Rate(calls, period));
  }

  private static Duration period(String amount, String unit) {
    long times = amount.isEmpty() ? 1 : Long.parseLong(amount);
    return switch (unit) {
      case "ms" -> Duration.ofMillis(times);
      case "s" -> Duration.ofSeconds(times);
      case "min", "m" -> Duration.ofMinutes(times);
      case "h" -> Duration.ofHours(times);
      default -> Duration.ofDays(times);
    };
  }

  private Optional<CallLimits.Rate> noRate(Node node, String what) {
    problems.add(node.spot(), what + "; write e.g. " + EXAMPLES);
    return Optional.empty();
  }

  private Optional<CircuitBreaker> circuitBreaker(Node node) {
    if (node instanceof Node.Scalar scalar && "off".equals(scalar.value())) {
      return Optional.empty();
    }
    if (!(node instanceof Node.Mapping)) {
      problems.add(
          node.spot(),
          "write circuitBreaker: off, or an object, e.g. {requestVolumeThreshold: 20, failureRatio:"
              + " 0.5, delay: 5s}");
      return Optional.empty();
    }
    Fields breaker = Fields.of(node, "circuitBreaker", problems);
    CircuitBreaker byDefault = CircuitBreaker.DEFAULT;
    CircuitBreaker read =
        new CircuitBreaker(
            breaker
                .find("requestVolumeThreshold")
                .flatMap(volume -> values.integer(volume, 1, MAX_VOLUME))
                .orElse(byDefault.requestVolumeThreshold()),
            breaker
                .find("failureRatio")
                .flatMap(ratio -> values.number(ratio, SMALLEST_RATIO, 1))
                .orElse(byDefault.failureRatio()),
            breaker
                .find("delay")
                .flatMap(delay -> values.duration(delay, SHORTEST_DELAY, LONGEST_DELAY))
                .orElse(byDefault.delay()));
    breaker.done();
    return Optional.of(read);
  }
}
