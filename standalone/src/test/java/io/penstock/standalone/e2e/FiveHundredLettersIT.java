package io.penstock.standalone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.penstock.schema.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** 500 executions fail of one mistake in a definition; the API that they call is scripted. */
class FiveHundredLettersIT {
  private static final int LETTERS = 500;
  private static final int TRIED_FIRST = 5;
  private static final String LETTERS_OPEN = "/api/dead-letters?limit=" + TRIED_FIRST;
  private static final Duration SOON = Duration.ofSeconds(90);

  private static final String AROUND =
      """
      kind: Source
      name: crm
      signature: {scheme: hmac, header: X-Signature, prefix: "sha256=", secrets: ["secret://crm/webhook"]}
      event: {id: "{{ body.id }}", type: contact.created}
      ---
      {kind: Api, name: crm, baseUrl: "http://127.0.0.1:PORT", allowPrivateAddresses: true}
      """;
  private static final String WORKFLOW =
      """
      kind: Workflow
      name: lead
      version: VERSION
      on: [{source: crm, type: contact.created}]
      steps:
        - {id: one, enrich: {api: crm, request: {method: POST, path: /one}}}
        - {id: two, enrich: {api: crm, request: {method: POST, path: /two}}}
        - {id: three, enrich: {api: crm, request: {method: POST, path: /three, body: "{{ steps.two.output.MEMBER }}"}}}
        - {id: four, notify: {api: crm, request: {method: POST, path: /four}}}
        - {id: five, notify: {api: crm, request: {method: POST, path: /five}}}
      """;
  private static final String BROKEN =
      WORKFLOW.replace("VERSION", "1.0.0").replace("MEMBER", "nmae");
  private static final String MENDED =
      WORKFLOW.replace("VERSION", "1.0.1").replace("MEMBER", "name");

  /** By path; the keys of its calls. */
  private final Map<String, List<String>> calls = new ConcurrentHashMap<>();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Sender sender = new Sender();
  private HttpServer world;

  @BeforeEach
  void startWorld() throws IOException {
    world = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    world.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    world.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            calls
                .computeIfAbsent(
                    exchange.getRequestURI().getPath(), path -> new CopyOnWriteArrayList<>())
                .add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            byte[] answer = "{\"name\":\"Ada\"}".getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    world.start();
  }

  @AfterEach
  void stopWorld() {
    world.stop(0);
  }

  @Test
  @Timeout(300)
  void a_mended_version_brings_them_to_their_end_without_repeating_what_was_done(
      @TempDir Path directory) throws Exception {
    Path definitions = Files.createDirectories(directory.resolve("definitions"));
    Files.writeString(
        definitions.resolve("all.yaml"),
        AROUND.replace("PORT", Integer.toString(world.getAddress().getPort())) + "---\n" + BROKEN);
    try (PenstockProcess penstock =
        PenstockProcess.start(directory.resolve("data"), definitions, Installation.SECRETS)) {
      for (int i = 0; i < LETTERS; i++) {
        assertThat(sender.send(penstock, "lead-" + i)).isPresent();
      }
      await().atMost(SOON).until(() -> open(penstock) == LETTERS);
      List<?> groups = (List<?>) sender.get(penstock, "/api/dead-letters/groups").at("groups");
      assertThat(groups).as("one mistake, one group").hasSize(1);
      String group = (String) Json.of(groups.getFirst()).at("group");

      Json plan =
          post(
              penstock,
              "/api/replays",
              replayMended("{\"group\":\"%s\"}".formatted(group), true),
              200);
      assertThat(plan.at("letters")).isEqualTo((long) LETTERS);
      assertThat(plan.at("replayable")).isEqualTo((long) LETTERS);
      assertThat(calls.getOrDefault("/three", List.of())).as("nothing was sent for it").isEmpty();

      Json early = ended(penstock, post(penstock, "/api/replays", replay(few(penstock)), 201));
      assertThat(early.at("status")).as("not mended yet").isEqualTo("stopped");
      assertThat((Long) early.at("failedAgain")).isPositive();
      await().atMost(SOON).until(() -> open(penstock) == LETTERS);

      apply(penstock, MENDED);
      Json first =
          ended(penstock, post(penstock, "/api/replays", replayMended(few(penstock), false), 201));
      assertThat(first.at("succeeded")).isEqualTo((long) TRIED_FIRST);

      String all = "{\"group\":\"%s\"}".formatted(group);
      Json rest = post(penstock, "/api/replays", replayMended(all, false), 201);
      Json again = post(penstock, "/api/replays", replayMended(all, false), 409);
      assertThat((String) again.at("type")).endsWith("nothing-to-replay");
      rest = ended(penstock, rest);

      assertThat(rest.at("status")).isEqualTo("done");
      assertThat(rest.at("total")).isEqualTo((long) LETTERS - TRIED_FIRST);
      assertThat(rest.at("succeeded")).isEqualTo((long) LETTERS - TRIED_FIRST);
      for (String none : List.of("failedAgain", "refused", "waiting", "inFlight")) {
        assertThat(rest.at(none)).as(none).isEqualTo(0L);
      }
      await()
          .atMost(SOON)
          .until(
              () ->
                  Set.copyOf(sender.statuses(penstock).values()).equals(Set.of("COMPLETED"))
                      && open(penstock) == 0);
      for (String path : List.of("/one", "/two", "/three", "/four", "/five")) {
        assertThat(calls.get(path)).as(path).hasSize(LETTERS).doesNotHaveDuplicates();
      }
    }
  }

  /** The newest letters. */
  private String few(PenstockProcess penstock) throws Exception {
    List<String> ids =
        ((List<?>) sender.get(penstock, LETTERS_OPEN).at("deadLetters"))
            .stream().map(letter -> (String) Json.of(letter).at("id")).toList();
    assertThat(ids).hasSize(TRIED_FIRST);
    return "{\"ids\":[%s]}".formatted("\"" + String.join("\",\"", ids) + "\"");
  }

  private static String replay(String selection) {
    return """
        {"selection":%s,"by":"ann","reason":"perhaps it goes well now"}"""
        .formatted(selection);
  }

  private static String replayMended(String selection, boolean dryRun) {
    return """
        {"selection":%s,"by":"ann","reason":"typing error","version":"1.0.1","rate":"50/s",
         "dryRun":%s}"""
        .formatted(selection, dryRun);
  }

  private long open(PenstockProcess penstock) throws IOException, InterruptedException {
    List<?> groups = (List<?>) sender.get(penstock, "/api/dead-letters/groups").at("groups");
    return groups.stream().mapToLong(group -> (Long) Json.of(group).at("open")).sum();
  }

  private Json ended(PenstockProcess penstock, Json replay) {
    return await()
        .atMost(SOON)
        .until(
            () -> now(penstock, replay),
            now -> Set.of("done", "stopped").contains((String) now.at("status")));
  }

  private Json now(PenstockProcess penstock, Json replay) throws Exception {
    return sender.get(penstock, "/api/replays/" + replay.at("id"));
  }

  private void apply(PenstockProcess penstock, String yaml) throws Exception {
    HttpResponse<byte[]> answer =
        client.send(
            HttpRequest.newBuilder(
                    URI.create(penstock.url("/definitions?file=mended.yaml&wait=10s")))
                .header("Content-Type", "application/yaml")
                .POST(HttpRequest.BodyPublishers.ofString(yaml))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
  }

  private Json post(PenstockProcess penstock, String path, String body, int status)
      throws Exception {
    HttpResponse<byte[]> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(penstock.url(path)))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(status);
    return Json.parse(answer.body());
  }
}
