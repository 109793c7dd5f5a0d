package io.penstock.cli.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.penstock.cli.CliException;
import io.penstock.cli.ExitCode;
import io.penstock.schema.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whole CloudEvents as JSON: one object, an array of them, or one in each line. */
final class EventFile {
  private static final String STDIN = "-";

  private EventFile() {}

  /**
   * @param file a path, or {@code -} for the stream
   * @throws CliException if it cannot be read, holds none, or something else than JSON objects
   */
  static List<OutgoingEvent> read(String file, InputStream stdin) {
    String name = STDIN.equals(file) ? "stdin" : file;
    byte[] bytes = bytes(file, stdin);
    List<OutgoingEvent> events = whole(name, bytes);
    if (events.isEmpty()) {
      throw new CliException(
          ExitCode.USAGE,
          "there is no event in %s: write CloudEvents as JSON, one or an array or one in each line"
              .formatted(name));
    }
    return events;
  }

  private static List<OutgoingEvent> whole(String name, byte[] bytes) {
    try {
      Object value = Json.parse(bytes).value();
      if (!(value instanceof List<?> several)) {
        return List.of(event(name, value));
      }
      List<OutgoingEvent> events = new ArrayList<>();
      for (int i = 0; i < several.size(); i++) {
        events.add(event("%s[%d]".formatted(name, i), several.get(i)));
      }
      return events;
    } catch (JsonProcessingException e) {
      return lines(name, new String(bytes, UTF_8).lines().toList(), e);
    }
  }

  private static List<OutgoingEvent> lines(
      String name, List<String> lines, JsonProcessingException asWhole) {
    List<OutgoingEvent> events = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      String place = name + ":" + (i + 1);
      try {
        events.add(event(place, Json.parse(lines.get(i).getBytes(UTF_8)).value()));
      } catch (JsonProcessingException e) {
        // A text that does not even begin with a line of JSON was meant as a whole.
        throw new CliException(
            ExitCode.INVALID,
            events.isEmpty()
                ? "%s is no JSON: %s".formatted(name, reason(asWhole))
                : "%s is no JSON: %s".formatted(place, reason(e)));
      }
    }
    return events;
  }

  private static OutgoingEvent event(String place, Object value) {
    if (!(value instanceof Map<?, ?> attributes)) {
      throw new CliException(
          ExitCode.INVALID, "%s is no event: a CloudEvent in JSON is an object".formatted(place));
    }
    return OutgoingEvent.of(place, attributes);
  }

  static byte[] bytes(String file, InputStream stdin) {
    try {
      return STDIN.equals(file) ? stdin.readAllBytes() : Files.readAllBytes(Path.of(file));
    } catch (IOException e) {
      throw new CliException(
          ExitCode.USAGE,
          "cannot read %s: %s"
              .formatted(file, Files.exists(Path.of(file)) ? e.getMessage() : "no such file"));
    }
  }

  /** Place and cause, without the payload that a parser quotes around it. */
  static String reason(JsonProcessingException e) {
    return e.getLocation() == null
        ? e.getOriginalMessage()
        : "line %d, column %d: %s"
            .formatted(
                e.getLocation().getLineNr(), e.getLocation().getColumnNr(), e.getOriginalMessage());
  }
}
