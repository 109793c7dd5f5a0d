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
import java.net.URI;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All simulated parts behind one port of 127.0.0.1, each below a path of its own. */
public final class DemoWorld implements AutoCloseable {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final ObjectMapper json = new ObjectMapper();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final Credentials credentials;
  private final ScriptedFailures failures;
  private final LeadInRequest leads;

  private DemoWorld(
      HttpServer server, Dossiers dossiers, Credentials credentials, ScriptedFailures failures) {
    this.server = server;
    this.credentials = credentials;
    this.failures = failures;
    this.leads = new LeadInRequest(dossiers);
  }

  /**
   * Starts on a free port.
   *
   * @param byEmail what can be found out about people, by e-mail address
   */
  public static DemoWorld start(
      Map<String, Dossier> byEmail, Credentials credentials, ScriptedFailures failures)
      throws IOException {
    // Else small answers on a kept connection wait for the client's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    InetAddress loopback = InetAddress.getByAddress(LOOPBACK);
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    Dossiers dossiers = new Dossiers(byEmail);
    DemoWorld world = new DemoWorld(server, dossiers, credentials, failures);
    world.add(Part.COMPANIES, new CompanyApi(dossiers));
    world.add(Part.CONTACTS, new ContactApi(dossiers));
    world.add(Part.NEWS, new NewsApi(dossiers));
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
      Request request = request(part, exchange);
      Optional<String> lead = leads.lead(part, request);
      TimeUnit.MILLISECONDS.sleep(part.latencyMillis(lead.orElse("")));
      Answer answer = answer(part, service, request, lead);
      calls.add(
          new Call(
              part,
              request.path(),
              lead,
              request.idempotencyKey(),
              request.body(),
              answer.status()));
      send(exchange, answer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Request request(Part part, HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    return new Request(
        exchange.getRequestMethod(),
        uri.getPath().substring(part.toString().length() + 1),
        query(uri),
        parse(new String(exchange.getRequestBody().readAllBytes(), UTF_8)),
        name -> Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)));
  }

  private Answer answer(Part part, Service service, Request request, Optional<String> lead) {
    if (!credentials.fit(part, request)) {
      return Answer.refused(401, "wrong credentials");
    }
    if (!request.method().equals(part.method())) {
      return Answer.refused(405, "only %s is understood".formatted(part.method()));
    }
    if (request.method().equals("POST") && request.body().isMissingNode()) {
      return Answer.refused(400, "the body is no JSON");
    }
    return failures.next(part, lead).orElseGet(() -> service.answer(request));
  }

  private static Map<String, String> query(URI uri) {
    return Stream.ofNullable(uri.getRawQuery())
        .flatMap(query -> Stream.of(query.split("&")))
        .map(parameter -> parameter.split("=", 2))
        .filter(parameter -> parameter.length == 2)
        .collect(
            Collectors.toMap(
                parameter -> URLDecoder.decode(parameter[0], UTF_8),
                parameter -> URLDecoder.decode(parameter[1], UTF_8),
                (first, second) -> first));
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
