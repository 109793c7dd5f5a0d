package io.penstock.schema.language;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The types of plain YAML scalars: YAML 1.2 core schema, where {@code on} and {@code no} are text.
 */
final class CoreScalar {
  private static final Pattern NULL = Pattern.compile("null|Null|NULL|~|");
  private static final Pattern TRUE = Pattern.compile("true|True|TRUE");
  private static final Pattern FALSE = Pattern.compile("false|False|FALSE");
  private static final Pattern INT = Pattern.compile("[-+]?[0-9]{1,400}");
  private static final Pattern OCTAL = Pattern.compile("0o[0-7]{1,20}");
  private static final Pattern HEX = Pattern.compile("0x[0-9a-fA-F]{1,15}");
  private static final Pattern FLOAT =
      Pattern.compile(
          "[-+]?(\\.[0-9]{1,400}|[0-9]{1,400}(\\.[0-9]{0,400})?)([eE][-+]?[0-9]{1,4})?");
  private static final Pattern NOT_FINITE =
      Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  private CoreScalar() {}

  /** Whether a plain scalar is a number that JSON does not have. */
  static boolean isNotFinite(String text) {
    return NOT_FINITE.matcher(text).matches()
        || (FLOAT.matcher(text).matches() && Double.isInfinite(Double.parseDouble(text)));
  }

  static Object resolve(String text) {
    if (NULL.matcher(text).matches()) {
      return null;
    }
    return bool(text).or(() -> number(text)).orElse(text);
  }

  private static Optional<Object> bool(String text) {
    return TRUE.matcher(text).matches()
        ? Optional.of(true)
        : FALSE.matcher(text).matches() ? Optional.of(false) : Optional.empty();
  }

  private static Optional<Object> number(String text) {
    if (INT.matcher(text).matches()) {
      return Optional.of(exact(new BigInteger(text)));
    }
    if (OCTAL.matcher(text).matches()) {
      return Optional.of(exact(new BigInteger(text.substring(2), 8)));
    }
    if (HEX.matcher(text).matches()) {
      return Optional.of(exact(new BigInteger(text.substring(2), 16)));
    }
    return FLOAT.matcher(text).matches() ? Optional.of(Double.parseDouble(text)) : Optional.empty();
  }

  private static Object exact(BigInteger number) {
    return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
  }
}
