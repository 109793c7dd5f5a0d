package io.penstock.standalone.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Texts that occur nowhere by chance, so that finding one says where it came from. */
final class Canaries {
  static final String WEBHOOK = "canary-webhook-secret-4711aa";
  static final String API_KEY = "canary-api-key-4712bb";
  static final String MODEL_KEY = "canary-model-key-4713cc";

  /** Of a channel whose address is its secret, as with Slack. */
  static final String CHANNEL_TOKEN = "canary-channel-token-4714dd";

  /** Secrets of the installation: to stand nowhere at all. */
  static final List<String> SECRETS = List.of(WEBHOOK, API_KEY, MODEL_KEY, CHANNEL_TOKEN);

  static final String EMAIL = "canary.person@example.test";
  static final String FREE_TEXT = "canary-free-text-4715ee";
  static final String ANSWER = "canary-answer-4716ff";
  static final String ERROR_BODY = "canary-error-body-4717ab";

  /** What people and other systems said: in payloads only. */
  static final List<String> PAYLOADS = List.of(EMAIL, FREE_TEXT, ANSWER, ERROR_BODY);

  private Canaries() {}

  static Map<String, String> environment(int worldPort) {
    return Map.of(
        "PENSTOCK_SECRET_CRM_WEBHOOK", WEBHOOK,
        "PENSTOCK_SECRET_WORLD_KEY", API_KEY,
        "PENSTOCK_SECRET_MODEL_KEY", MODEL_KEY,
        "PENSTOCK_SECRET_SALES_URL",
            "http://127.0.0.1:%d/hooks/%s".formatted(worldPort, CHANNEL_TOKEN));
  }

  /** Which of them stand in a text, in clear or in Base64. */
  static List<String> in(byte[] bytes, List<String> canaries) {
    String text = new String(bytes, UTF_8);
    List<String> found = new ArrayList<>();
    for (String canary : canaries) {
      if (text.contains(canary)
          || text.contains(Base64.getEncoder().encodeToString(canary.getBytes(UTF_8)))) {
        found.add(canary);
      }
    }
    return found;
  }
}
