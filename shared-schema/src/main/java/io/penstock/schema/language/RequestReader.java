package io.penstock.schema.language;

import io.penstock.schema.definition.Action.HttpRequest;
import io.penstock.schema.expression.Template;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads a request to an API. */
final class RequestReader {
  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD");
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  /** Written by the worker itself. */
  private static final Set<String> OURS =
      Set.of("host", "content-length", "transfer-encoding", "connection", "idempotency-key");

  private static final Set<String> CREDENTIALS =
      Set.of("authorization", "proxy-authorization", "cookie");

  private final Problems problems;
  private final Expressions expressions;

  RequestReader(Problems problems, Expressions expressions) {
    this.problems = problems;
    this.expressions = expressions;
  }

  HttpRequest read(Node node) {
    Fields fields = Fields.of(node, "request", problems);
    HttpRequest request =
        new HttpRequest(
            fields
                .require("method", "POST")
                .flatMap(m -> new Values(problems).choice(m, METHODS, Function.identity()))
                .orElse(""),
            fields.require("path", "/leads").flatMap(this::path).orElse(Templates.constant("")),
            fields.find("query").flatMap(expressions::objectTemplate),
            fields.find("headers").flatMap(this::headers),
            fields.find("body").flatMap(expressions::template));
    fields.done();
    return request;
  }

  private Optional<Template> path(Node node) {
    Optional<Template> path = expressions.textTemplate(node);
    if (path.isPresent() && !((String) path.get().source().value()).startsWith("/")) {
      problems.add(node.spot(), "a path starts with '/'; the address stands in the Api's baseUrl");
    }
    return path;
  }

  private Optional<Template> headers(Node node) {
    checkHeaderNames(node, problems);
    return expressions.objectTemplate(node);
  }

  static void checkHeaderNames(Node node, Problems problems) {
    if (!(node instanceof Node.Mapping mapping)) {
      return;
    }
    mapping
        .names()
        .forEach(
            (name, spot) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              if (!HEADER.matcher(name).matches()) {
                problems.add(spot, "'" + name + "' is no name of a header");
              } else if (OURS.contains(lower)) {
                problems.add(spot, "'" + name + "' is written by the worker; leave it out");
              } else if (CREDENTIALS.contains(lower)) {
                problems.add(
                    spot, "credentials stand in the Api: write auth: {bearer: secret://name/key}");
              }
            });
  }
}
