package io.penstock.standalone.demo.world;

import java.util.Map;
import java.util.Optional;

/**
 * What a caller must show to be let in: a header with this value, or a path that nobody guesses.
 */
public record Credentials(
    String companiesKey,
    String contactsKey,
    String newsKey,
    String modelKey,
    String crmToken,
    String chatPath) {

  boolean fit(Part part, Request request) {
    return switch (part) {
      case COMPANIES -> has(request, "X-Api-Key", companiesKey);
      case CONTACTS -> has(request, "X-Api-Key", contactsKey);
      case NEWS -> has(request, "X-Api-Key", newsKey);
      case MODEL -> has(request, "Authorization", "Bearer " + modelKey);
      case CRM -> has(request, "Authorization", "Bearer " + crmToken);
      case CHAT -> request.path().equals("/" + chatPath);
    };
  }

  private static boolean has(Request request, String header, String value) {
    return request.header().apply(header).equals(Optional.of(value));
  }

  /** By the names under which the definitions refer to them: {@code name/key}. */
  public Map<String, String> bySecret(String worldUrl) {
    return Map.of(
        "apollo/key", companiesKey,
        "hunter/key", contactsKey,
        "newsapi/key", newsKey,
        "openai/key", modelKey,
        "hubspot/token", crmToken,
        "slack/sales", worldUrl + "/" + Part.CHAT + "/" + chatPath);
  }

  /** Says nothing: it may end up in a log. */
  @Override
  public String toString() {
    return "Credentials";
  }
}
