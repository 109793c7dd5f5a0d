package io.penstock.cli.server;

import io.penstock.schema.json.Json;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What the server said.
 *
 * @param status of HTTP
 * @param body {@link Json#NULL} if it was no JSON
 * @param retryAfter when to ask again, if it said so
 */
public record Answer(int status, Json body, Optional<Duration> retryAfter) {
  private static final int UNAVAILABLE = 503;
  private static final Set<Integer> OF_A_PROXY = Set.of(429, 502, 504);

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** Whether the same request may succeed in a while. */
  public boolean mayBeRepeated() {
    return status == UNAVAILABLE
        || OF_A_PROXY.contains(status)
        || Boolean.TRUE.equals(body.at("retry"));
  }
}
