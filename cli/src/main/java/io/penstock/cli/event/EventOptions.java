package io.penstock.cli.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.penstock.cli.CliException;
import io.penstock.cli.ExitCode;
import io.penstock.schema.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The attributes of one event, written as options. */
final class EventOptions {
  @Option(
      names = "--source",
      required = true,
      paramLabel = "URI",
      description = "Where it comes from, e.g. /shop; workflows subscribe to it.")
  private String source;

  @Option(
      names = "--type",
      required = true,
      paramLabel = "TYPE",
      description = "What has happened, e.g. order.paid; workflows subscribe to it.")
  private String type;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "Unique within its source (default: a new one, told on stderr).")
  private String id;

  @Option(
      names = "--data",
      paramLabel = "JSON|@FILE|-",
      description = "What the workflow gets as input: JSON, a file with it, or - for stdin.")
  private String data;

  @Option(names = "--subject", paramLabel = "TEXT", description = "Whom it is about.")
  private String subject;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      description = "When it happened, e.g. 2026-11-22T14:00:00Z.")
  private String time;

  @Option(
      names = "--partition-key",
      paramLabel = "KEY",
      description = "Events with the same key are decided in their order.")
  private String partitionKey;

  OutgoingEvent event() {
    Map<String, Object> attributes = new LinkedHashMap<>();
    put(attributes, "source", source);
    put(attributes, "id", id);
    put(attributes, "type", type);
    put(attributes, "subject", subject);
    put(attributes, "time", time);
    put(attributes, "partitionkey", partitionKey);
    if (data != null) {
      attributes.put("datacontenttype", "application/json");
      attributes.put("data", json());
    }
    return OutgoingEvent.of("", attributes);
  }

  private static void put(Map<String, Object> attributes, String name, String value) {
    if (value != null) {
      attributes.put(name, value);
    }
  }

  private Json json() {
    boolean isFile = data.startsWith("@");
    String place = isFile ? data.substring(1) : "-".equals(data) ? "stdin" : "--data";
    byte[] written =
        isFile || "-".equals(data)
            ? EventFile.bytes(isFile ? place : "-", System.in)
            : data.getBytes(UTF_8);
    try {
      return Json.parse(written);
    } catch (JsonProcessingException e) {
      throw new CliException(
          ExitCode.INVALID, "%s is no JSON: %s".formatted(place, EventFile.reason(e)));
    }
  }
}
