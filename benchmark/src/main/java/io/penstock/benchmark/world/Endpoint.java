package io.penstock.benchmark.world;

import java.util.Locale;

/** What can be called in the stub world; the order is that of a lead's way. */
public enum Endpoint {
  ENRICH("/enrich"),
  CHAT("/v1/chat/completions"),
  NOTIFY("/notify");

  private final String path;

  Endpoint(String path) {
    this.path = path;
  }

  public String path() {
    return path;
  }

  /** As it stands in options, configuration and statistics. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
