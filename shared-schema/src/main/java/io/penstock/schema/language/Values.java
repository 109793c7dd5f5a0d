package io.penstock.schema.language;

import io.penstock.schema.definition.SemanticVersion;
import io.penstock.schema.secret.SecretReference;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Values of fields. Each answers empty after it has reported why. */
final class Values {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

  private final Problems problems;

  Values(Problems problems) {
    this.problems = problems;
  }

  Optional<String> text(Node node) {
    if (node instanceof Node.Scalar scalar && scalar.value() instanceof String text) {
      return Optional.of(text);
    }
    return wrong(node, "text is expected here, this is " + node.type() + hintQuotes(node));
  }

  Optional<String> name(Node node) {
    return text(node).flatMap(text -> name(node, text));
  }

  private Optional<String> name(Node node, String text) {
    return NAME.matcher(text).matches()
        ? Optional.of(text)
        : wrong(
            node,
            "'%s' is no name; write lower-case letters, digits and hyphens, a letter first, at most 63, e.g. lead-scoring"
                .formatted(shortened(text)));
  }

  Optional<String> version(Node node) {
    return text(node)
        .flatMap(
            text ->
                SemanticVersion.parse(text).isPresent()
                    ? Optional.of(text)
                    : wrong(
                        node,
                        "'%s' is no version; write three numbers, e.g. 1.0.0"
                            .formatted(shortened(text))));
  }

  Optional<Boolean> bool(Node node) {
    return node instanceof Node.Scalar scalar && scalar.value() instanceof Boolean bool
        ? Optional.of(bool)
        : wrong(node, "write true or false; this is " + node.type());
  }

  Optional<Integer> integer(Node node, int min, int max) {
    return node instanceof Node.Scalar scalar
            && scalar.value() instanceof Long number
            && number >= min
            && number <= max
        ? Optional.of(number.intValue())
        : wrong(node, "write a whole number from %d to %d".formatted(min, max));
  }

  Optional<Double> number(Node node, double min, double max) {
    if (node instanceof Node.Scalar scalar
        && scalar.value() instanceof Number number
        && !(number instanceof BigInteger)
        && number.doubleValue() >= min
        && number.doubleValue() <= max) {
      return Optional.of(number.doubleValue());
    }
    return wrong(node, "write a number from %s to %s".formatted(plain(min), plain(max)));
  }

  Optional<Duration> duration(Node node, Duration min, Duration max) {
    if (!(node instanceof Node.Scalar scalar) || !(scalar.value() instanceof String text)) {
      return wrong(node, "a duration needs its unit; write e.g. " + Durations.EXAMPLES);
    }
    Optional<Duration> duration = Durations.parse(text);
    if (duration.isEmpty()) {
      return wrong(
          node,
          "'%s' is no duration; write e.g. %s".formatted(shortened(text), Durations.EXAMPLES));
    }
    return duration.get().compareTo(min) >= 0 && duration.get().compareTo(max) <= 0
        ? duration
        : wrong(node, "'%s' is out of range; write %s to %s".formatted(shortened(text), min, max));
  }

  /** {@code secret://name/key}. What was written instead may be the secret: it is not repeated. */
  Optional<String> secret(Node node) {
    return node instanceof Node.Scalar scalar
            && scalar.value() instanceof String text
            && SecretReference.parse(text).isPresent()
        ? Optional.of(text)
        : wrong(
            node,
            "secrets never stand in a definition; write a reference secret://name/key (lower-case"
                + " letters, digits, hyphens)");
  }

  /** An absolute http or https address without query. */
  Optional<URI> url(Node node) {
    return text(node)
        .flatMap(
            text ->
                address(text)
                    .or(
                        () ->
                            wrong(
                                node,
                                "not an address; write an absolute http:// or https:// URL without"
                                    + " user, query and fragment, e.g. https://api.example.com")));
  }

  static Optional<URI> address(String text) {
    try {
      URI uri = new URI(text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean plain =
          uri.getUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
      return http && plain && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  <T> Optional<T> choice(Node node, List<T> choices, Function<T, String> word) {
    Optional<String> text = text(node);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String all = choices.stream().map(word).collect(Collectors.joining(", "));
    return choices.stream()
        .filter(choice -> word.apply(choice).equals(text.get()))
        .findFirst()
        .or(
            () ->
                wrong(
                    node,
                    "'%s' is not known here; write %s".formatted(shortened(text.get()), all)));
  }

  /**
   * @param what its elements, for messages: {@code steps}
   */
  List<Node> list(Node node, String what) {
    if (!(node instanceof Node.Sequence sequence)) {
      wrong(node, "a list of %s is expected here; begin each with '- '".formatted(what));
      return List.of();
    }
    if (sequence.elements().isEmpty()) {
      wrong(node, "the list of %s is empty; write at least one".formatted(what));
    }
    return sequence.elements();
  }

  Stream<Map.Entry<String, Node>> members(Node node, String what) {
    if (node instanceof Node.Mapping mapping) {
      return mapping.members().entrySet().stream();
    }
    wrong(node, "%s are an object, name: value; this is %s".formatted(what, node.type()));
    return Stream.of();
  }

  private <T> Optional<T> wrong(Node node, String message) {
    problems.add(node.spot(), message);
    return Optional.empty();
  }

  private static String hintQuotes(Node node) {
    return node instanceof Node.Scalar ? "; put it in quotes" : "";
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }

  private static String shortened(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
