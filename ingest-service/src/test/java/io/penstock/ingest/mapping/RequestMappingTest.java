package io.penstock.ingest.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.ingest.Yaml;
import io.penstock.ingest.event.IncomingEvent;
import io.penstock.ingest.problem.Reason;
import io.penstock.ingest.problem.RejectedException;
import io.penstock.ingest.problem.Rejection;
import io.penstock.ingest.request.IncomingRequest;
import io.penstock.schema.definition.Source;
import io.penstock.schema.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestMappingTest {
  private static final String ID_AND_TYPE = "{id: '{{ body.id }}', type: contact.created}";

  @Test
  void an_event_is_made_of_body_headers_and_query() throws Exception {
    String mapping =
        """
        {id: '{{ headers["x-delivery"] }}', type: 'contact.{{ body.action }}',
         subject: '{{ query.portal }}', time: '{{ body.at }}', partitionKey: '{{ body.email }}',
         data: {email: '{{ body.email }}', size: '{{ body.size }}'}}
        """;
    IncomingEvent event =
        one(
            mapping,
            "{\"action\":\"created\",\"at\":\"2026-11-22T10:15:30+01:00\",\"email\":\"a@b.c\",\"size\":7}");
    assertThat(event.source()).isEqualTo("crm");
    assertThat(event.id()).isEqualTo("d-1");
    assertThat(event.type()).isEqualTo("contact.created");
    assertThat(event.subject()).contains("42");
    assertThat(event.time()).contains(Instant.parse("2026-11-22T09:15:30Z"));
    assertThat(event.partitionKey()).contains("a@b.c");
    assertThat(event.data().value()).isEqualTo(Map.of("email", "a@b.c", "size", 7L));
  }

  @Test
  void without_data_the_whole_body_is_carried_as_it_came() throws Exception {
    assertThat(one(ID_AND_TYPE, "{ \"id\" : 1.50 }").data().toString())
        .isEqualTo("{ \"id\" : 1.50 }");
  }

  @ParameterizedTest
  @CsvSource({
    "7,7",
    "12345678901234567890,12345678901234567890",
    "1.5,1.5",
    "true,true",
    "'\"x\"',x"
  })
  void an_id_of_any_scalar_becomes_text(String json, String id) throws Exception {
    assertThat(one(ID_AND_TYPE, "{\"id\":" + json + "}").id()).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource({"{}", "{\"id\":null}", "{\"id\":\"\"}", "'{\"id\":[1]}'", "{\"id\":{\"a\":1}}"})
  void an_id_that_is_missing_or_no_scalar_is_refused_by_its_name(String body) {
    Rejection refused = refusal(ID_AND_TYPE, body);
    assertThat(refused.reason()).isEqualTo(Reason.MAPPING);
    assertThat(refused.detail()).startsWith("event.id: ");
    assertThat(refused.extensions()).containsEntry("field", "event.id");
  }

  @Test
  void an_empty_type_is_refused_by_its_name() {
    assertThat(
            refusal("{id: '{{ body.id }}', type: '{{ body.type }}'}", "{\"id\":1,\"type\":\"\"}")
                .detail())
        .startsWith("event.type: ");
  }

  @Test
  void a_time_that_is_none_is_refused_by_its_name() {
    assertThat(
            refusal(
                    "{id: '{{ body.id }}', type: t, time: '{{ body.at }}'}",
                    "{\"id\":1,\"at\":\"yesterday\"}")
                .detail())
        .startsWith("event.time: ");
  }

  @Test
  void an_optional_field_that_is_null_is_absent() throws Exception {
    IncomingEvent event =
        one(
            "{id: '{{ body.id }}', type: t, subject: '{{ body.who }}', partitionKey: '{{ body.who }}'}",
            "{\"id\":1,\"who\":null}");
    assertThat(event.subject()).isEmpty();
    assertThat(event.partitionKey()).isEmpty();
  }

  @Test
  void an_array_is_one_event_for_each_element() throws Exception {
    assertThat(events(ID_AND_TYPE, "[{\"id\":1},{\"id\":2}]"))
        .extracting(IncomingEvent::id)
        .containsExactly("1", "2");
    assertThat(events(ID_AND_TYPE, "[]")).isEmpty();
  }

  @Test
  void one_bad_element_refuses_all_and_is_named() {
    assertThat(refusal(ID_AND_TYPE, "[{\"id\":1},{}]").detail())
        .startsWith("event.id of element 1: ");
  }

  @Test
  void more_events_than_allowed_are_refused() {
    assertThat(refusal(ID_AND_TYPE, "[1,2,3,4]").reason()).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void a_source_without_ids_gets_random_ones() throws Exception {
    assertThat(one("{id: random, type: t}", "{}").id()).isEqualTo("random-id");
  }

  @Test
  void credentials_are_not_visible_to_a_mapping() {
    String mapping = "{id: '{{ body.id }}', type: t, data: '{{ headers[\"authorization\"] }}'}";
    Rejection refused = refusal(mapping, "{\"id\":1}");
    assertThat(refused.detail()).startsWith("event.data: ").doesNotContain("Bearer");
  }

  @Test
  void expressions_inside_the_data_are_data() throws Exception {
    assertThat(one(ID_AND_TYPE, "{\"id\":\"{{ body.secret }}\"}").id())
        .isEqualTo("{{ body.secret }}");
  }

  private static IncomingEvent one(String mapping, String body) throws Exception {
    List<IncomingEvent> events = events(mapping, body);
    assertThat(events).hasSize(1);
    return events.getFirst();
  }

  private static Rejection refusal(String mapping, String body) {
    RejectedException refused =
        catchThrowableOfType(RejectedException.class, () -> events(mapping, body));
    assertThat(refused).isNotNull();
    return refused.rejection();
  }

  private static List<IncomingEvent> events(String mapping, String body) throws Exception {
    Source source =
        Yaml.definition(
            Source.class, "kind: Source\nname: crm\nsignature: {scheme: none}\nevent: " + mapping);
    byte[] bytes = body.getBytes(UTF_8);
    return new RequestMapping(source, () -> "random-id")
        .events(
            new IncomingRequest(
                Map.of("x-delivery", "d-1", "authorization", "Bearer canary"),
                Map.of("portal", "42"),
                bytes),
            Json.parse(bytes),
            3);
  }
}
