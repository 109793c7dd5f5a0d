package io.penstock.standalone.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.penstock.schema.json.Json;
import io.penstock.schema.message.StepKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One event goes its way with all eyes open, metrics, traces and logs in JSON: then everything is
 * looked at that was written down, for what must be there and for what must not.
 */
@Timeout(180)
class SeenFromOutsideIT {
  private static final Pattern METRIC_ROW =
      Pattern.compile("(?m)^\\| `(penstock_\\w+)` \\|([^|]*)\\|");
  private static final Pattern LABEL = Pattern.compile("`(\\w+)`");

  @TempDir static Path directory;

  private static TalkativeWorld world;
  private static ObservedPenstock penstock;
  private static final Map<String, String> ANSWERS = new LinkedHashMap<>();
  private static List<String> executions;

  @BeforeAll
  @Timeout(180)
  static void one_event_goes_its_way() throws Exception {
    world = new TalkativeWorld();
    penstock = ObservedPenstock.start(directory, world);
    String lead =
        "{\"email\":\"%s\",\"text\":\"%s\"}".formatted(Canaries.EMAIL, Canaries.FREE_TEXT);
    executions = new ArrayList<>(ids(penstock.webhook("crm", lead).body()));
    assertThat(executions).hasSize(2);
    executions.addAll(ids(penstock.webhook("visits", "{\"id\":\"v-1\"}").body()));
    assertThat(executions).hasSize(3);
    ANSWERS.put("refused", penstock.post("/webhooks/crm", lead, "00").body());
    ANSWERS.put("unknown", penstock.post("/webhooks/nobody", lead, "00").body());
    for (String id : executions) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> penstock.get("/api/executions/" + id).body(),
              body -> body.contains("\"COMPLETED\"") || body.contains("\"SUSPENDED\""));
    }
    for (String id : executions) {
      String path = "/api/executions/" + id;
      ANSWERS.put(path, penstock.get(path).body());
      ANSWERS.put(path + "?history", penstock.get(path + "?history=true").body());
    }
    for (String path :
        List.of("/api/executions", "/definitions", "/q/health", "/q/metrics", "/nowhere")) {
      ANSWERS.put(path, penstock.get(path).body());
    }
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (penstock != null) {
      penstock.close();
    }
    if (world != null) {
      world.close();
    }
  }

  @Test
  void secrets_stand_in_no_topic_table_log_metric_span_or_answer() throws Exception {
    Map<String, List<String>> found = new TreeMap<>();
    List<ConsumerRecord<byte[], byte[]>> records = Everything.records(penstock.bootstrapServers());
    assertThat(records).extracting(ConsumerRecord::topic).contains("penstock.inputs");
    for (ConsumerRecord<byte[], byte[]> record : records) {
      note(found, record.topic(), Canaries.in(Everything.bytes(record), Canaries.SECRETS));
    }
    Map<String, List<String>> rows = Everything.rows(penstock.jdbcUrl());
    assertThat(rows.get("console.execution")).hasSize(3);
    rows.forEach(
        (table, texts) ->
            texts.forEach(
                row -> note(found, table, Canaries.in(row.getBytes(UTF_8), Canaries.SECRETS))));
    Everything.logs(directory)
        .forEach((log, text) -> note(found, log, Canaries.in(text, Canaries.SECRETS)));
    ANSWERS.forEach(
        (path, body) -> note(found, path, Canaries.in(body.getBytes(UTF_8), Canaries.SECRETS)));
    for (ExportedSpan span : world.spans()) {
      note(found, span.name(), Canaries.in(span.raw().getBytes(UTF_8), Canaries.SECRETS));
    }
    assertThat(found).isEmpty();
  }

  @Test
  void what_people_said_stands_in_payloads_only() throws Exception {
    Map<String, List<String>> found = new TreeMap<>();
    int payloads = 0;
    for (ConsumerRecord<byte[], byte[]> record : Everything.records(penstock.bootstrapServers())) {
      byte[] key = record.key() == null ? new byte[0] : record.key();
      note(found, record.topic() + " key", Canaries.in(key, Canaries.PAYLOADS));
      for (Header header : record.headers()) {
        byte[] value = header.value() == null ? new byte[0] : header.value();
        note(found, record.topic() + " " + header.key(), Canaries.in(value, Canaries.PAYLOADS));
      }
      payloads +=
          record.value() == null ? 0 : Canaries.in(record.value(), List.of(Canaries.EMAIL)).size();
    }
    assertThat(payloads).as("the search itself finds what is there").isPositive();
    Everything.logs(directory)
        .forEach((log, text) -> note(found, log, Canaries.in(text, Canaries.PAYLOADS)));
    for (String path : List.of("/q/metrics", "/q/health", "refused", "unknown")) {
      note(found, path, Canaries.in(ANSWERS.get(path).getBytes(UTF_8), Canaries.PAYLOADS));
    }
    note(found, "ids", Canaries.in(executions.toString().getBytes(UTF_8), Canaries.PAYLOADS));
    for (ExportedSpan span : world.spans()) {
      note(found, span.name(), Canaries.in(span.raw().getBytes(UTF_8), Canaries.PAYLOADS));
    }
    assertThat(found).isEmpty();
  }

  @Test
  void every_hop_from_the_webhook_to_notify_is_in_one_trace() throws Exception {
    await().until(() -> named("notify"), spans -> !spans.isEmpty());
    String trace = named("llm").getFirst().trace();
    String visit =
        named("webhook").stream()
            .map(ExportedSpan::trace)
            .filter(other -> !other.equals(trace))
            .findFirst()
            .orElseThrow();
    List<ExportedSpan> ours =
        world.spans().stream().filter(span -> span.trace().equals(trace)).toList();
    assertThat(ours)
        .extracting(ExportedSpan::name)
        .containsExactlyInAnyOrder(
            "webhook", "enrich", "enrich", "enrich", "llm", "route", "notify");
    assertThat(world.traceParents())
        .as("calls: enrich and its retry, the broken one, llm, notify")
        .filteredOn(header -> !header.startsWith("00-" + visit + "-"))
        .hasSize(5)
        .allSatisfy(header -> assertThat(header).startsWith("00-" + trace + "-"));
    Map<String, Integer> traced = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : Everything.records(penstock.bootstrapServers())) {
      Header header = record.headers().lastHeader("traceparent");
      Header type = record.headers().lastHeader("ce_type");
      if (type != null && !record.topic().contains("definitions")) {
        boolean timer = new String(type.value(), UTF_8).contains("timer.due");
        assertThat(header == null)
            .as("%s without a trace: %s", new String(type.value(), UTF_8), header == null)
            .isEqualTo(timer);
      }
      if (header != null) {
        String value = new String(header.value(), UTF_8);
        assertThat(value).containsAnyOf(trace, visit);
        if (value.contains(trace)) {
          traced.merge(record.topic(), 1, Integer::sum);
        }
      }
    }
    assertThat(traced)
        .containsKeys(
            "penstock.inputs",
            "penstock.steps.enrich",
            "penstock.steps.llm",
            "penstock.steps.notify",
            "penstock.history",
            "dlq.penstock.steps.enrich");
  }

  @Test
  void metrics_say_what_happened() throws Exception {
    Metrics metrics = penstock.metrics();
    assertThat(metrics.value("penstock_ingest_accepted_total", "source", "crm")).hasValue(1);
    assertThat(
            metrics.value("penstock_ingest_rejected_total", "source", "crm", "reason", "signature"))
        .hasValue(1);
    assertThat(
            metrics.value(
                "penstock_ingest_rejected_total", "source", "unknown", "reason", "unknown-source"))
        .hasValue(1);
    assertThat(
            metrics.value(
                "penstock_executions_started_total", "workflow", "lead", "version", "1.0.0"))
        .hasValue(1);
    assertThat(
            metrics.value(
                "penstock_executions_ended_total", "workflow", "lead", "status", "COMPLETED"))
        .hasValue(1);
    assertThat(metrics.value("penstock_executions_suspended_total", "workflow", "broken"))
        .hasValue(1);
    assertThat(metrics.value("penstock_retries_total", "workflow", "lead")).hasValue(1);
    assertThat(metrics.value("penstock_attempts_requested_total", "kind", "enrich")).hasValue(5);
    assertThat(metrics.value("penstock_deferrals_total", "workflow", "limited")).hasValue(1);
    assertThat(
            metrics.value(
                "penstock_calls_deferred_total", "to", "api/busy", "reason", "retry_after"))
        .hasValue(1);
    assertThat(
            metrics.value(
                "penstock_attempt_duration_seconds_count",
                "kind",
                "enrich",
                "outcome",
                "succeeded"))
        .hasValue(2);
    assertThat(
            metrics.value(
                "penstock_attempts_failed_total", "kind", "enrich", "error", "communication"))
        .hasValue(1);
    assertThat(metrics.value("penstock_dead_letters_total", "topic", "penstock.steps.enrich"))
        .hasValue(1);
    assertThat(metrics.value("penstock_llm_tokens_total", "direction", "input")).hasValue(10);
    assertThat(metrics.value("penstock_execution_duration_seconds_count", "workflow", "lead"))
        .hasValue(1);
  }

  @Test
  void figures_that_are_asked_for_come_with_the_next_reading() {
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () -> {
              Metrics metrics = penstock.metrics();
              assertThat(
                      metrics.value(
                          "penstock_executions_open", "workflow", "broken", "status", "SUSPENDED"))
                  .hasValue(1);
              for (StepKind kind : StepKind.values()) {
                OptionalDouble ready = metrics.value("penstock_steps_ready", "kind", kind.id());
                assertThat(ready).as(kind.id()).hasValue(0);
              }
            });
  }

  @Test
  void the_table_of_metrics_is_complete_and_right() throws Exception {
    await()
        .atMost(Duration.ofSeconds(40))
        .until(
            () -> penstock.metrics().labels(),
            labels ->
                labels.containsKey("penstock_executions_open")
                    && labels.containsKey("penstock_dead_letters_open"));
    Map<String, Set<String>> documented = new TreeMap<>();
    String operations = Files.readString(Path.of("../docs/operations.md"));
    for (MatchResult row : METRIC_ROW.matcher(operations).results().toList()) {
      Set<String> labels = new TreeSet<>();
      LABEL.matcher(row.group(2)).results().forEach(label -> labels.add(label.group(1)));
      documented.put(row.group(1), labels);
    }
    assertThat(penstock.metrics().labels()).isEqualTo(documented);
  }

  @Test
  void the_log_is_one_json_object_a_line() throws IOException {
    List<String> lines = Files.readAllLines(directory.resolve("data/penstock.log"));
    assertThat(lines)
        .isNotEmpty()
        .allSatisfy(
            line -> assertThat(Json.parse(line.getBytes(UTF_8)).at("timestamp")).isNotNull());
  }

  private static List<ExportedSpan> named(String name) {
    return world.spans().stream().filter(span -> span.name().equals(name)).toList();
  }

  private static void note(Map<String, List<String>> found, Object where, List<String> canaries) {
    if (!canaries.isEmpty()) {
      found.put(where.toString(), canaries);
    }
  }

  private static List<String> ids(String answer) throws IOException {
    List<String> ids = new ArrayList<>();
    for (Object event : (List<?>) Json.parse(answer.getBytes(UTF_8)).at("events")) {
      ((List<?>) ((Map<?, ?>) event).get("executions")).forEach(id -> ids.add((String) id));
    }
    return ids;
  }
}
