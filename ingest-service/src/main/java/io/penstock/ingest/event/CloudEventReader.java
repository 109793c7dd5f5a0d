package io.penstock.ingest.event;

import io.penstock.ingest.problem.Reason;
import io.penstock.ingest.problem.RejectedException;
import io.penstock.ingest.request.ContentType;
import io.penstock.ingest.request.IncomingRequest;
import io.penstock.ingest.request.StrictJson;
import io.penstock.schema.json.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one CloudEvent 1.0 from an HTTP request, in structured mode ({@code
 * application/cloudevents+json}) or in binary mode (attributes in {@code ce-*} headers, data in the
 * body). The data must be JSON. Kept are the context attributes and the extension {@code
 * partitionkey}; other extensions are not carried on.
 */
public final class CloudEventReader {
  private static final String HEADER_PREFIX = "ce-";
  private static final String DATA = "data";
  private static final String DATA_BASE64 = "data_base64";
  private static final String DATA_CONTENT_TYPE = "datacontenttype";

  private CloudEventReader() {}

  /**
   * @throws RejectedException {@code malformed} naming the attribute, or {@code content-type}
   */
  public static IncomingEvent read(IncomingRequest request) throws RejectedException {
    Optional<ContentType> type = ContentType.of(request.headers().get("content-type"));
    if (type.isPresent() && type.get().essence().equals(ContentType.CLOUD_EVENTS_BATCH)) {
      throw new RejectedException(
          Reason.CONTENT_TYPE,
          "batches of CloudEvents are not read yet: send one request for each event");
    }
    if (type.isPresent() && type.get().essence().equals(ContentType.CLOUD_EVENT)) {
      return structured(request);
    }
    if (request.headers().containsKey(HEADER_PREFIX + Attributes.SPECVERSION)) {
      return binary(request, type);
    }
    throw new RejectedException(
        Reason.CONTENT_TYPE,
        "no CloudEvent: send Content-Type: application/cloudevents+json, or the attributes as ce-* headers");
  }

  private static IncomingEvent structured(IncomingRequest request) throws RejectedException {
    Json document = StrictJson.parse(request.body());
    if (!(document.value() instanceof Map<?, ?> members)) {
      throw new RejectedException(
          Reason.MALFORMED, "a CloudEvent in structured mode is one JSON object");
    }
    if (members.containsKey(DATA_BASE64)) {
      throw new RejectedException(
          Reason.CONTENT_TYPE, "data_base64 holds no JSON: send the data as JSON in 'data'");
    }
    Map<String, Object> attributes = new HashMap<>();
    members.forEach((name, value) -> attributes.put((String) name, value));
    Object data = attributes.remove(DATA);
    if (attributes.get(DATA_CONTENT_TYPE) instanceof String dataType) {
      requireJson(ContentType.of(dataType));
    }
    return new Attributes(attributes).event(Json.of(data));
  }

  private static IncomingEvent binary(IncomingRequest request, Optional<ContentType> type)
      throws RejectedException {
    Map<String, Object> attributes = new HashMap<>();
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      if (header.getKey().startsWith(HEADER_PREFIX)) {
        String name = header.getKey().substring(HEADER_PREFIX.length());
        attributes.put(name, HeaderText.decode(name, header.getValue()));
      }
    }
    if (request.body().length == 0) {
      return new Attributes(attributes).event(Json.NULL);
    }
    requireJson(type);
    return new Attributes(attributes).event(StrictJson.parse(request.body()));
  }

  private static void requireJson(Optional<ContentType> type) throws RejectedException {
    if (type.isEmpty() || !type.get().isJson()) {
      throw new RejectedException(
          Reason.CONTENT_TYPE, "the event's data is not JSON: send application/json");
    }
  }
}
