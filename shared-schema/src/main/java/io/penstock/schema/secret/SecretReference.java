package io.penstock.schema.secret;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a secret is to be found, as definitions write it: {@code secret://name/key}. The parts
 * consist of lower-case letters, digits, and hyphens, dots or underscores between them.
 */
public record SecretReference(String name, String key) {
  private static final String PART = "([a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?)";
  private static final Pattern SHAPE = Pattern.compile("secret://" + PART + "/" + PART);

  /** Empty if the text is no reference; it may be a secret then, so do not show it. */
  public static Optional<SecretReference> parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    return matcher.matches()
        ? Optional.of(new SecretReference(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "secret://" + name + "/" + key;
  }
}
