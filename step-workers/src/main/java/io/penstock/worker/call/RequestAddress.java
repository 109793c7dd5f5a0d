package io.penstock.worker.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.schema.definition.Action;
import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.expression.Template;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ErrorType;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where a request goes: the Api's base URL, the step's path behind it, the step's query. Data can
 * fill places in path and query, never leave them: not another host, not a folder above.
 */
final class RequestAddress {
  private RequestAddress() {}

  static URI of(URI base, Action.HttpRequest request, Map<String, ?> variables, String who)
      throws ExpressionException, CallFailedException {
    String path = request.path().renderText(variables, RequestAddress::percentEncoded);
    int queryAt = path.indexOf('?');
    refuseDotSegments(queryAt < 0 ? path : path.substring(0, queryAt), who);
    String query = request.query().isPresent() ? query(request.query().get(), variables) : "";
    String join = query.isEmpty() ? "" : queryAt < 0 ? "?" : "&";
    String start = base.getScheme() + "://" + base.getRawAuthority() + basePath(base);
    try {
      return new URI(start + path + join + query);
    } catch (URISyntaxException e) {
      throw new CallFailedException(
          ErrorType.CONFIGURATION,
          who + ": the path is no part of an address (" + e.getReason() + ")");
    }
  }

  private static String basePath(URI base) {
    String path = base.getRawPath() == null ? "" : base.getRawPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** A value of {@code ..} is no unusual character, so encoding does not stop it. */
  private static void refuseDotSegments(String path, String who) throws CallFailedException {
    for (String segment : path.split("/", -1)) {
      String plain = segment.toLowerCase(Locale.ROOT).replace("%2e", ".");
      if (plain.equals(".") || plain.equals("..")) {
        throw new CallFailedException(
            ErrorType.VALIDATION, who + ": a part of the path would be '.' or '..'");
      }
    }
  }

  private static String query(Template template, Map<String, ?> variables)
      throws ExpressionException {
    List<String> pairs = new ArrayList<>();
    if (template.render(variables) instanceof Map<?, ?> members) {
      members.forEach((name, value) -> add(pairs, (String) name, value));
    }
    return String.join("&", pairs);
  }

  /** A list gives the name several times; null gives nothing. */
  private static void add(List<String> pairs, String name, Object value) {
    switch (value) {
      case null -> {}
      case List<?> several -> several.forEach(one -> add(pairs, name, one));
      default -> pairs.add(percentEncoded(name) + "=" + percentEncoded(text(value)));
    }
  }

  /** Text as it is, all else as JSON. */
  static String text(Object value) {
    return value instanceof String text ? text : Json.of(value).toString();
  }

  /** All but RFC 3986's unreserved characters. */
  static String percentEncoded(String value) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : value.getBytes(UTF_8)) {
      if (isUnreserved(b)) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(String.format(Locale.ROOT, "%02X", b & 0xff));
      }
    }
    return encoded.toString();
  }

  private static boolean isUnreserved(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '-'
        || b == '.'
        || b == '_'
        || b == '~';
  }
}
