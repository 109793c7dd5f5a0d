package io.penstock.standalone.deploy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configuration keys by service, as {@code docs/operations.md} has them; {@code
 * ConfigurationDocumentedTest} holds that these are the keys that code reads.
 */
final class OperationsKeys {
  private static final String EVERY_SERVICE = "Every service";
  private static final Pattern LINE =
      Pattern.compile(
          "(?m)^(?:### (?<section>.*)|\\| `(?<key>[a-z]+\\.[\\w.-]+)` \\| (?:`(?<value>[^`]*)`|none) \\|.*)$");

  private static final Map<String, Set<String>> BY_SECTION = new HashMap<>();
  private static final Map<String, String> DEFAULTS = new HashMap<>();

  static {
    Matcher line = LINE.matcher(DeployFolder.text(DeployFolder.ROOT.resolve("docs/operations.md")));
    String section = "";
    while (line.find()) {
      if (line.group("section") != null) {
        section = line.group("section").strip();
      } else {
        BY_SECTION.computeIfAbsent(section, any -> new HashSet<>()).add(line.group("key"));
        if (line.group("value") != null) {
          DEFAULTS.put(line.group("key"), line.group("value"));
        }
      }
    }
  }

  private OperationsKeys() {}

  /** Whether a variable of the environment is one of the keys of a service. */
  static boolean isKeyOf(String service, String variable) {
    return variable.startsWith("PENSTOCK_")
        ? has(EVERY_SERVICE, variable) || has(service, variable)
        : BY_SECTION.keySet().stream().anyMatch(section -> has(section, variable));
  }

  static Optional<String> defaultOf(String key) {
    return Optional.ofNullable(DEFAULTS.get(key));
  }

  /** Whether any module sets this key of the framework. */
  static boolean isDocumented(String key) {
    return BY_SECTION.values().stream().anyMatch(keys -> keys.contains(key));
  }

  private static boolean has(String section, String variable) {
    return BY_SECTION.getOrDefault(section, Set.of()).stream()
        .anyMatch(key -> variableOf(key).equals(variable));
  }

  static String variableOf(String key) {
    return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }
}
