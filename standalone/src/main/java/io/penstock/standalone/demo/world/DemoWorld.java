package io.penstock.standalone.demo.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All simulated parts behind one port of 127.0.0.1, each below a path of its own. */
public final class DemoWorld implements AutoCloseable {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final Pattern LEAD = Pattern.compile("[\\w.+-]+@[\\w-]+\\.example");

  private final ObjectMapper json = new ObjectMapper();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final Credentials credentials;
  private final ScriptedFailures failures;

  private DemoWorld(HttpServer server, Credentials credentials, ScriptedFailures failures) {
    this.server = server;
    this.credentials = credentials;
    this.failures = failures;
  }

  /**
   * Starts on a free port.
   *
   * @param profiles what the enrichment API knows, by e-mail address
   */
  public static DemoWorld start(
      Map<String, CompanyProfile> profiles, Credentials credentials, ScriptedFailures failures)
      throws IOException {
    // Else small answers on a kept connection wait for the client's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    InetAddress loopback = InetAddress.getByAddress(LOOPBACK);
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    DemoWorld world = new DemoWorld(server, credentials, failures);
    world.add(Part.ENRICHMENT, new EnrichmentApi(profiles));
    world.add(Part.MODEL, new ScriptedModel());
    world.add(Part.CRM, new Crm());
    world.add(Part.CHAT, new ChatChannel());
    server.setExecutor(world.threads);
    server.start();
    return world;
  }

  /** {@code http://127.0.0.1:port}. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Every call so far, in the order of their answers. */
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  private void add(Part part, Service service) {
    server.createContext("/" + part, exchange -> handle(part, service, exchange));
  }

  private void handle(Part part, Service service, HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode body = parse(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      String path = exchange.getRequestURI().getPath().substring(part.toString().length() + 1);
      Request request =
          new Request(
              exchange.getRequestMethod(),
              path,
              body,
              lead(part, body),
              name -> Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)));
      TimeUnit.MILLISECONDS.sleep(part.latencyMillis(request.lead().orElse("")));
      Answer answer = answer(part, service, request);
      calls.add(
          new Call(part, path, request.lead(), request.idempotencyKey(), body, answer.status()));
      send(exchange, answer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Answer answer(Part part, Service service, Request request) {
    if (!credentials.fit(part, request)) {
      return Answer.refused(401, "wrong credentials");
    }
    if (request.body().isMissingNode()) {
      return Answer.refused(400, "the body is no JSON");
    }
    if (!request.method().equals("POST")) {
      return Answer.refused(405, "only POST is understood");
    }
    return failures.next(part, request.lead()).orElseGet(() -> service.answer(request));
  }

  /** Whom it is about. A prompt may have examples, so that only its last message counts. */
  private static Optional<String> lead(Part part, JsonNode body) {
    JsonNode messages = body.path("messages");
    String text =
        part == Part.MODEL && !messages.isEmpty()
            ? ScriptedModel.text(messages.get(messages.size() - 1).path("content"))
            : body.toString();
    Matcher found = LEAD.matcher(text);
    return found.find() ? Optional.of(found.group()) : Optional.empty();
  }

  private JsonNode parse(String text) {
    try {
      return text.isEmpty() ? json.missingNode() : json.readTree(text);
    } catch (JsonProcessingException e) {
      return json.missingNode();
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] bytes = answer.body().toString().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
