package io.penstock.ingest.event;

import io.penstock.ingest.problem.Reason;
import io.penstock.ingest.problem.RejectedException;
import io.penstock.schema.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;

/** The context attributes of one CloudEvent, not yet checked. */
record Attributes(Map<String, Object> byName) {
  static final String SPECVERSION = "specversion";

  private static final String VERSION = "1.0";

  IncomingEvent event(Json data) throws RejectedException {
    if (!required(SPECVERSION).equals(VERSION)) {
      throw malformed(SPECVERSION, "must be " + VERSION);
    }
    return new IncomingEvent(
        required("source"),
        required("id"),
        required("type"),
        optional("subject"),
        time(),
        optional("partitionkey"),
        data);
  }

  private String required(String name) throws RejectedException {
    return optional(name).orElseThrow(() -> malformed(name, "is missing: it is required"));
  }

  private Optional<String> optional(String name) throws RejectedException {
    return switch (byName.get(name)) {
      case null -> Optional.empty();
      case String text when !text.isEmpty() -> Optional.of(text);
      case String ignored -> throw malformed(name, "is empty");
      default -> throw malformed(name, "must be a string");
    };
  }

  private Optional<Instant> time() throws RejectedException {
    Optional<String> text = optional("time");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text.get()).toInstant());
    } catch (DateTimeException e) {
      throw malformed("time", "must be like 2026-11-22T10:15:30Z (RFC 3339)");
    }
  }

  private static RejectedException malformed(String attribute, String why) {
    return new RejectedException(
        Reason.MALFORMED, "CloudEvents attribute '%s' %s".formatted(attribute, why));
  }
}
