package io.penstock.ingest.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.ingest.problem.Reason;
import io.penstock.ingest.problem.RejectedException;
import io.penstock.ingest.problem.Rejection;
import io.penstock.ingest.request.IncomingRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventReaderTest {
  private static final String STRUCTURED = "application/cloudevents+json";

  @Test
  void a_structured_event_is_read() throws Exception {
    IncomingEvent event =
        structured(
            """
            {"specversion":"1.0","source":"/shop","id":"1","type":"order.paid","subject":"o-7",
             "time":"2026-11-22T10:15:30Z","partitionkey":"customer-3","other":"x",
             "datacontenttype":"application/json","data":{"total":5}}
            """);
    assertThat(event.source()).isEqualTo("/shop");
    assertThat(event.id()).isEqualTo("1");
    assertThat(event.type()).isEqualTo("order.paid");
    assertThat(event.subject()).contains("o-7");
    assertThat(event.time()).contains(Instant.parse("2026-11-22T10:15:30Z"));
    assertThat(event.partitionKey()).contains("customer-3");
    assertThat(event.data().value()).isEqualTo(Map.of("total", 5L));
  }

  @Test
  void a_binary_event_is_read_and_its_attributes_decoded() throws Exception {
    Map<String, String> headers = binaryHeaders();
    headers.put("ce-subject", "Euro%20%E2%82%AC%20%F0%9F%98%80");
    headers.put("ce-partitionkey", "\"quoted \\\"key\\\"\"");
    IncomingEvent event = CloudEventReader.read(request(headers, "{\"total\":5}"));
    assertThat(event.subject()).contains("Euro \u20ac \ud83d\ude00");
    assertThat(event.partitionKey()).contains("quoted \"key\"");
    assertThat(event.data().value()).isEqualTo(Map.of("total", 5L));
  }

  @Test
  void a_binary_event_without_body_has_no_data() throws Exception {
    Map<String, String> headers = binaryHeaders();
    headers.remove("content-type");
    assertThat(CloudEventReader.read(request(headers, "")).data().isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"specversion", "source", "id", "type"})
  void a_missing_attribute_is_refused_by_its_name(String attribute) {
    String event =
        "{\"specversion\":\"1.0\",\"source\":\"/s\",\"id\":\"1\",\"type\":\"t\"}"
            .replace("\"" + attribute + "\"", "\"x" + attribute + "\"");
    Rejection refused = refusal(Map.of("content-type", STRUCTURED), event);
    assertThat(refused.reason()).isEqualTo(Reason.MALFORMED);
    assertThat(refused.detail()).contains("'" + attribute + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "specversion,'\"0.3\"'",
    "id,5",
    "id,'\"\"'",
    "time,'\"yesterday\"'",
    "subject,'\"\"'",
    "partitionkey,7"
  })
  void a_bad_attribute_is_refused_by_its_name(String attribute, String value) {
    Map<String, String> members =
        new HashMap<>(
            Map.of("specversion", "\"1.0\"", "source", "\"/s\"", "id", "\"1\"", "type", "\"t\""));
    members.put(attribute, value);
    StringBuilder event = new StringBuilder();
    members.forEach(
        (name, json) ->
            event.append(event.isEmpty() ? "{" : ",").append('"' + name + "\":" + json));
    Rejection refused = refusal(Map.of("content-type", STRUCTURED), event + "}");
    assertThat(refused.reason()).isEqualTo(Reason.MALFORMED);
    assertThat(refused.detail()).contains("'" + attribute + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%4", "%zz", "%ff", "a%c3"})
  void a_header_that_is_not_percent_encoded_utf8_is_refused_by_its_name(String subject) {
    Map<String, String> headers = binaryHeaders();
    headers.put("ce-subject", subject);
    Rejection refused = refusal(headers, "{}");
    assertThat(refused.reason()).isEqualTo(Reason.MALFORMED);
    assertThat(refused.detail()).contains("ce-subject");
  }

  @Test
  void a_batch_is_refused_with_a_hint() {
    Rejection refused = refusal(Map.of("content-type", "application/cloudevents-batch+json"), "[]");
    assertThat(refused.reason()).isEqualTo(Reason.CONTENT_TYPE);
    assertThat(refused.detail()).contains("one request for each event");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/plain", "application/cloudevents+xml", ";;"})
  void what_is_no_cloud_event_is_refused_by_its_type(String type) {
    assertThat(refusal(Map.of("content-type", type), "{}").reason()).isEqualTo(Reason.CONTENT_TYPE);
  }

  @Test
  void data_that_is_not_json_is_refused_by_its_type() {
    Map<String, String> headers = binaryHeaders();
    headers.put("content-type", "text/xml");
    assertThat(refusal(headers, "<a/>").reason()).isEqualTo(Reason.CONTENT_TYPE);
    String base64 =
        "{\"specversion\":\"1.0\",\"source\":\"/s\",\"id\":\"1\",\"type\":\"t\",\"data_base64\":\"AA==\"}";
    assertThat(refusal(Map.of("content-type", STRUCTURED), base64).reason())
        .isEqualTo(Reason.CONTENT_TYPE);
  }

  @Test
  void another_charset_is_refused_by_its_type() {
    assertThat(refusal(Map.of("content-type", STRUCTURED + "; charset=latin1"), "{}").reason())
        .isEqualTo(Reason.CONTENT_TYPE);
  }

  private static Map<String, String> binaryHeaders() {
    return new HashMap<>(
        Map.of(
            "content-type", "application/json; charset=UTF-8",
            "ce-specversion", "1.0",
            "ce-source", "/shop",
            "ce-id", "1",
            "ce-type", "order.paid"));
  }

  private static IncomingEvent structured(String json) throws RejectedException {
    return CloudEventReader.read(request(Map.of("content-type", STRUCTURED), json));
  }

  private static Rejection refusal(Map<String, String> headers, String body) {
    RejectedException refused =
        catchThrowableOfType(
            RejectedException.class, () -> CloudEventReader.read(request(headers, body)));
    assertThat(refused).isNotNull();
    return refused.rejection();
  }

  private static IncomingRequest request(Map<String, String> headers, String body) {
    return new IncomingRequest(headers, Map.of(), body.getBytes(UTF_8));
  }
}
