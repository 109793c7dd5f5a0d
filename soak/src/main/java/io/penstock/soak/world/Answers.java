package io.penstock.soak.world;

import io.penstock.soak.account.Place;

/** What the outside says. */
final class Answers {
  private static final String COMPLETION =
      """
      {"id":"c1","object":"chat.completion","model":"scripted","choices":[{"index":0,
      "message":{"role":"assistant","content":"{\\"score\\":42}"},"finish_reason":"stop"}],
      "usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}
      """;

  private Answers() {}

  static String to(Place place, boolean model) {
    return model ? COMPLETION : "{\"of\":\"" + place.ref() + "\"}";
  }
}
