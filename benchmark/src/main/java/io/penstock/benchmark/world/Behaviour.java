package io.penstock.benchmark.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How slow and how faulty one endpoint is.
 *
 * @param latencyMs added to every answer
 * @param jitterMs up to so much more, evenly spread
 * @param fail share of calls that fail, 0 to 1
 * @param status what a failure answers; {@link #DROP} closes the connection without an answer
 * @param failFirst how many calls of each lead fail before the first that may succeed
 * @param failOnce share of leads whose first call fails, 0 to 1
 */
public record Behaviour(
    double latencyMs, double jitterMs, double fail, int status, int failFirst, double failOnce) {
  public static final int DROP = 0;
  public static final Behaviour PROMPT = new Behaviour(0, 0, 0, 500, 0, 0);

  public Behaviour {
    if (latencyMs < 0 || jitterMs < 0 || failFirst < 0) {
      throw new IllegalArgumentException(
          "latency %s, jitter %s and failFirst %s must not be negative"
              .formatted(latencyMs, jitterMs, failFirst));
    }
    requireShare("fail", fail);
    requireShare("failOnce", failOnce);
    if (status != DROP && (status < 400 || status > 599)) {
      throw new IllegalArgumentException(
          "status is %d; a failure is 400 to 599, or 0 to drop the connection".formatted(status));
    }
  }

  private static void requireShare(String name, double value) {
    if (value < 0 || value > 1) {
      throw new IllegalArgumentException("%s is %s; it is a share, 0 to 1".formatted(name, value));
    }
  }

  /** So many milliseconds for each answer, and no failures. */
  public static Behaviour slow(double latencyMs) {
    return new Behaviour(latencyMs, 0, 0, PROMPT.status(), 0, 0);
  }

  /** At once, but for that share of the leads not at the first call. */
  public static Behaviour failingOnce(double share) {
    return new Behaviour(0, 0, 0, PROMPT.status(), 0, share);
  }

  /**
   * This with the changes that stand in {@code {"latency":{"chat":5},"fail":{…}}} for one endpoint.
   */
  Behaviour changedBy(JsonNode config, Endpoint endpoint) {
    return new Behaviour(
        value(config, "latency", endpoint, latencyMs),
        value(config, "jitter", endpoint, jitterMs),
        value(config, "fail", endpoint, fail),
        (int) value(config, "status", endpoint, status),
        (int) value(config, "failFirst", endpoint, failFirst),
        value(config, "failOnce", endpoint, failOnce));
  }

  private static double value(JsonNode config, String what, Endpoint endpoint, double otherwise) {
    return config.path(what).path(endpoint.key()).asDouble(otherwise);
  }

  /** The same form, for all endpoints. */
  static Map<String, Object> asConfig(Map<Endpoint, Behaviour> all) {
    Map<String, Object> config = new LinkedHashMap<>();
    for (String what :
        new String[] {"latency", "jitter", "fail", "status", "failFirst", "failOnce"}) {
      Map<String, Object> values = new LinkedHashMap<>();
      all.forEach((endpoint, behaviour) -> values.put(endpoint.key(), behaviour.value(what)));
      config.put(what, values);
    }
    return config;
  }

  private Number value(String what) {
    return switch (what) {
      case "latency" -> latencyMs;
      case "jitter" -> jitterMs;
      case "fail" -> fail;
      case "status" -> status;
      case "failFirst" -> failFirst;
      case "failOnce" -> failOnce;
      default -> throw new IllegalArgumentException(what);
    };
  }
}
