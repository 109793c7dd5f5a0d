package io.penstock.ingest.problem;

import java.util.Map;

/**
 * A request that is turned away.
 *
 * @param detail what stands in the way and what to do; shown to the sender, so it holds no payload
 *     and no secret
 * @param extensions further members of the problem document, e.g. {@code violations}
 */
public record Rejection(Reason reason, String detail, Map<String, Object> extensions) {
  public Rejection {
    extensions = Map.copyOf(extensions);
  }

  public static Rejection of(Reason reason, String detail) {
    return new Rejection(reason, detail, Map.of());
  }
}
