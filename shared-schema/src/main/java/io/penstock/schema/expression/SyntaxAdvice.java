package io.penstock.schema.expression;

import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says in the words of somebody who writes a definition why CEL does not take an expression. */
final class SyntaxAdvice {
  private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']+)'.*");
  private static final Pattern OVERLOAD =
      Pattern.compile("found no matching overload for '([^']+)' applied to '(.*?)' \\(cand.*");
  private static final Pattern RESERVED = Pattern.compile("reserved identifier: (\\w+)");
  private static final Pattern UNEXPECTED =
      Pattern.compile("(?:extraneous|mismatched) input '(.*?)' expecting.*", Pattern.DOTALL);
  private static final Pattern UNREADABLE =
      Pattern.compile("token recognition error at: '(.*)'", Pattern.DOTALL);
  private static final Pattern MEMBER = Pattern.compile("no viable alternative at input '.*'");

  private final String source;
  private final int offset;
  private final Collection<String> variables;

  private SyntaxAdvice(String source, int offset, Collection<String> variables) {
    this.source = source;
    this.offset = offset;
    this.variables = variables;
  }

  /**
   * @param variables besides {@link Variables#ALL}
   */
  static ExpressionSyntaxException about(
      String source, CelValidationException e, Collection<String> variables) {
    if (source.isBlank()) {
      return new ExpressionSyntaxException(
          "the expression is empty; write one, e.g. input.email", 0);
    }
    CelIssue issue =
        e.getErrors().stream().min(Comparator.comparing(CelIssue::getSourceLocation)).orElse(null);
    if (issue == null) {
      return new ExpressionSyntaxException("cannot read the expression: " + e.getMessage(), 0);
    }
    int codePoints = e.getSource().getLocationOffset(issue.getSourceLocation()).orElse(0);
    int known = Math.min(codePoints, source.codePointCount(0, source.length()));
    int offset = source.offsetByCodePoints(0, Math.max(known, 0));
    return new ExpressionSyntaxException(
        new SyntaxAdvice(source, offset, variables).reword(issue.getMessage()), offset);
  }

  private String reword(String message) {
    if (message.contains("recursion limit exceeded")) {
      return "nested or chained too deep; split it, e.g. over two steps";
    }
    if (message.contains("code point size exceeds")) {
      return "longer than 4000 characters; split it, e.g. over two steps";
    }
    return undeclared(message)
        .or(() -> overload(message))
        .or(() -> first(RESERVED, message).map(SyntaxAdvice::reserved))
        .or(() -> first(UNREADABLE, message).map(SyntaxAdvice::unreadable))
        .or(() -> first(UNEXPECTED, message).map(SyntaxAdvice::unexpected))
        .or(() -> MEMBER.matcher(message).matches() ? Optional.of(member()) : Optional.empty())
        .orElse(message);
  }

  private Optional<String> undeclared(String message) {
    return first(UNDECLARED, message)
        .map(
            name -> {
              if (offset < source.length() && source.charAt(offset) == '(') {
                return "there is no function '" + name + "'";
              }
              if (offset > 0 && source.charAt(offset - 1) == '-') {
                return "'-"
                    + name
                    + "' is read as a subtraction; a name with a hyphen is written as an index,"
                    + " e.g. steps[\"tell-sales\"].output";
              }
              return "there is no variable '"
                  + name
                  + "'; there are "
                  + Stream.concat(variables.stream(), Variables.ALL.stream())
                      .collect(Collectors.joining(", "))
                  + " (text stands in quotes)";
            });
  }

  private static Optional<String> overload(String message) {
    Matcher matcher = OVERLOAD.matcher(message);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String operator = matcher.group(1);
    String types = matcher.group(2).replaceAll("[()]", "");
    if (operator.equals("_?_:_")) {
      return Optional.of(
          "the condition of 'a ? b : c' must be true or false, and b and c of one type, here: "
              + types
              + "; wrap one of them in dyn(…) if both are meant");
    }
    String name =
        Arrays.stream(operator.split("_")).filter(s -> !s.isEmpty()).collect(Collectors.joining());
    return Optional.of(
        "'%s' cannot be applied to %s; convert with int(…), double(…) or string(…)"
            .formatted(name.isEmpty() ? operator : name, types));
  }

  private static String reserved(String name) {
    return "'%s' is a reserved word; a member of that name is written as an index: input[\"%s\"]"
        .formatted(name, name);
  }

  private static String unreadable(String text) {
    if (text.startsWith("'") || text.startsWith("\"")) {
      return "the text that starts here has no closing quote";
    }
    String sign = text.strip();
    return switch (sign) {
      case "=" -> "'=' compares nothing; write ==";
      case "&", "|" -> "write " + sign + sign;
      default -> "'" + sign + "' has no meaning here";
    };
  }

  private static String unexpected(String token) {
    return token.equals("<EOF>")
        ? "the expression ends too early; a value is missing here"
        : "'"
            + token
            + "' is not expected here; is an operator (&&, ||, ==, +) or a bracket missing?";
  }

  private static String member() {
    return "a name is expected after '.'; names that are reserved words or have hyphens are"
        + " written as an index: input[\"in\"]";
  }

  private static Optional<String> first(Pattern pattern, String message) {
    Matcher matcher = pattern.matcher(message);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
