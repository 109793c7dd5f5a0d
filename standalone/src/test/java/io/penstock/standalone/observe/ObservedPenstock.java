package io.penstock.standalone.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.standalone.e2e.PenstockProcess;
import io.penstock.standalone.e2e.Signature;
import io.penstock.standalone.e2e.WrittenDefinitions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code penstock dev} with all that can be seen of it switched on, over a {@link TalkativeWorld}:
 * one event starts {@code lead}, which completes after a retry, and {@code broken}, which does not;
 * another one {@code limited}, which its Api first asks to wait.
 */
final class ObservedPenstock implements AutoCloseable {
  private static final Pattern ADDRESSES = Pattern.compile("kafka (\\S+) +postgres (\\S+)");

  private static final String DEFINITIONS =
      """
      kind: Source
      name: crm
      signature:
        scheme: hmac
        header: X-Signature
        algorithm: sha256
        prefix: "sha256="
        encoding: hex
        secrets: ["secret://crm/webhook"]
      event:
        id: "{{ body.email }}"
        type: contact.created
        data: "{{ body }}"
      ---
      kind: Source
      name: visits
      signature:
        scheme: hmac
        header: X-Signature
        algorithm: sha256
        prefix: "sha256="
        encoding: hex
        secrets: ["secret://crm/webhook"]
      event:
        id: "{{ body.id }}"
        type: page.visited
        data: "{{ body }}"
      ---
      kind: Api
      name: busy
      baseUrl: http://127.0.0.1:PORT
      allowPrivateAddresses: true
      ---
      kind: Api
      name: world
      baseUrl: http://127.0.0.1:PORT
      auth: {bearer: secret://world/key}
      allowPrivateAddresses: true
      circuitBreaker: off
      ---
      kind: Model
      name: scripted
      model: scripted
      baseUrl: http://127.0.0.1:PORT/v1
      apiKey: secret://model/key
      allowPrivateAddresses: true
      ---
      kind: Channel
      name: sales
      type: slack
      url: secret://sales/url
      allowPrivateAddresses: true
      ---
      kind: Prompt
      name: scoring
      version: 1.0.0
      model: scripted
      user: "Score {{ vars.email }}"
      output: {type: object, required: [score], properties: {score: {type: integer}}, additionalProperties: false}
      ---
      kind: Workflow
      name: lead
      version: 1.0.0
      on: [{source: crm, type: contact.created}]
      steps:
        - id: company
          enrich: {api: world, request: {method: POST, path: /enrich, body: {email: "{{ input.email }}"}}}
          retry: {delays: [300ms]}
        - id: score
          llm: {prompt: scoring, variables: {email: "{{ input.email }} {{ input.text }}"}}
        - id: way
          route:
            - when: steps.score.output.score > 25
              name: high
              steps:
                - id: tell
                  notify: {channel: sales, text: "Lead {{ input.email }}: {{ steps.company.output.said }}"}
            - otherwise:
              steps: [{id: nobody, notify: {channel: sales, text: none}}]
      ---
      kind: Workflow
      name: broken
      version: 1.0.0
      on: [{source: crm, type: contact.created}]
      steps:
        - id: breaks
          enrich: {api: world, request: {method: POST, path: /broken, body: {text: "{{ input.text }}"}}}
      ---
      kind: Workflow
      name: limited
      version: 1.0.0
      on: [{source: visits, type: page.visited}]
      steps:
        - id: waits
          enrich: {api: busy, request: {method: GET, path: /busy}}
      """;

  private final PenstockProcess process;
  private final HttpClient client = HttpClient.newHttpClient();

  private ObservedPenstock(PenstockProcess process) {
    this.process = process;
  }

  static ObservedPenstock start(Path directory, TalkativeWorld world) throws IOException {
    Path definitions = WrittenDefinitions.write(directory, DEFINITIONS, world.port());
    Map<String, String> environment = new HashMap<>(Canaries.environment(world.port()));
    environment.put("PENSTOCK_LOG_FORMAT", "json");
    environment.put("QUARKUS_OTEL_SDK_DISABLED", "false");
    environment.put("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + world.port());
    environment.put("QUARKUS_OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
    environment.put("QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "200ms");
    return new ObservedPenstock(
        PenstockProcess.start(directory.resolve("data"), definitions, environment));
  }

  String bootstrapServers() throws IOException {
    return address(1);
  }

  String jdbcUrl() throws IOException {
    return address(2);
  }

  private String address(int group) throws IOException {
    Matcher addresses = ADDRESSES.matcher(process.output());
    if (!addresses.find()) {
      throw new AssertionError(process.output());
    }
    return addresses.group(group);
  }

  /** A webhook, signed. */
  HttpResponse<String> webhook(String source, String json) throws Exception {
    return post("/webhooks/" + source, json, Signature.of(json.getBytes(UTF_8), Canaries.WEBHOOK));
  }

  HttpResponse<String> post(String path, String json, String signature) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(process.url(path)))
            .header("Content-Type", "application/json")
            .header("X-Signature", "sha256=" + signature)
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws Exception {
    return client.send(
        // The plain form: the other one has examples of trace ids behind its figures.
        HttpRequest.newBuilder(URI.create(process.url(path)))
            .header("Accept", path.equals("/q/metrics") ? "text/plain" : "*/*")
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  Metrics metrics() throws Exception {
    HttpResponse<String> answer = get("/q/metrics");
    if (answer.statusCode() != 200) {
      throw new AssertionError("/q/metrics: " + answer.statusCode());
    }
    return new Metrics(answer.body());
  }

  @Override
  public void close() throws InterruptedException {
    process.close();
    client.close();
  }
}
