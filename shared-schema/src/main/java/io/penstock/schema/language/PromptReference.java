package io.penstock.schema.language;

import io.penstock.schema.definition.SemanticVersion;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How an {@code llm} action names its prompt: {@code name} or {@code name@version}.
 *
 * @param version absent: the latest
 */
public record PromptReference(String name, Optional<String> version) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

  public static Optional<PromptReference> parse(String text) {
    int at = text.indexOf('@');
    String name = at < 0 ? text : text.substring(0, at);
    Optional<String> version = at < 0 ? Optional.empty() : Optional.of(text.substring(at + 1));
    boolean valid =
        NAME.matcher(name).matches()
            && version.map(v -> SemanticVersion.parse(v).isPresent()).orElse(true);
    return valid ? Optional.of(new PromptReference(name, version)) : Optional.empty();
  }
}
