package io.penstock.worker.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.schema.message.ErrorType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes over the wire, and what becomes of a call when the other side misbehaves. */
class OutboundHttpTest {
  @RegisterExtension static final WayOut WAY_OUT = new WayOut();

  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void calls_share_a_connection() throws Exception {
    try (RawServer server = new RawServer(OutboundHttpTest::answerAll)) {
      assertThat(get(server).text()).isEqualTo("ok");
      assertThat(get(server).text()).isEqualTo("ok");
      assertThat(server.peers()).hasSize(1);
    }
  }

  @Test
  void calls_in_flight_do_not_wait_for_each_other() throws Exception {
    int calls = 300;
    CountDownLatch arrived = new CountDownLatch(calls);
    try (RawServer server =
            new RawServer(
                peer -> {
                  peer.readRequest();
                  arrived.countDown();
                  arrived.await();
                  peer.say(RawServer.OK);
                });
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpAnswer>> answers = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        answers.add(threads.submit(() -> get(server)));
      }
      for (Future<HttpAnswer> answer : answers) {
        assertThat(answer.get().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void a_connection_that_the_other_side_closed_while_idle_is_not_used_again() throws Exception {
    try (RawServer server =
        new RawServer(
            peer -> {
              peer.readRequest();
              peer.say(RawServer.OK);
              peer.endOutput();
              peer.readRequest();
            })) {
      get(server);
      server.peers().getFirst().gone().join();
      // The close may still be on its way through the event loop; then the call is not sent at all.
      Awaitility.await()
          .untilAsserted(() -> assertThatCode(() -> get(server)).doesNotThrowAnyException());
      assertThat(server.peers()).hasSize(2);
      assertThat(server.peers().getFirst().requests()).hasSize(1);
    }
  }

  @Test
  void a_request_that_crosses_the_close_of_its_connection_is_not_sent_again() throws Exception {
    try (RawServer server =
        new RawServer(
            peer -> {
              peer.readRequest();
              peer.say(RawServer.OK);
              peer.readRequest();
            })) {
      get(server);
      CallFailedException failure = failure(server, LONG);
      assertThat(failure.error().type()).isEqualTo(ErrorType.COMMUNICATION);
      assertThat(failure.error().message())
          .isEqualTo("Api 'crm': GET /: no answer (the connection was closed)");
      assertThat(server.peers()).hasSize(1);
      assertThat(server.peers().getFirst().requests()).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "''", // accepts, reads, and is silent
    "'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhal'",
  })
  void a_call_that_takes_too_long_is_cut_off(String said) throws Exception {
    try (RawServer server =
        new RawServer(
            peer -> {
              peer.readRequest();
              peer.say(said);
              peer.readRequest();
            })) {
      CallFailedException failure = failure(server, Duration.ofMillis(300));
      assertThat(failure.error().type()).isEqualTo(ErrorType.TIMEOUT);
      assertThat(failure.error().message())
          .isEqualTo("Api 'crm': GET /: no complete answer within 300 ms");
      server.peers().getFirst().gone().join();
    }
  }

  @Test
  void the_timeout_covers_the_way_to_a_secure_connection() throws Exception {
    try (RawServer server = new RawServer(peer -> peer.readRequest())) {
      HttpCall call = call("GET", "https://127.0.0.1:" + server.port(), Duration.ofMillis(300));
      assertThat(failure(call).error().type()).isEqualTo(ErrorType.TIMEOUT);
    }
  }

  @Test
  void an_interrupted_call_is_cut_off() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(
            peer -> {
              peer.readRequest();
              arrived.countDown();
              peer.readRequest();
            })) {
      CompletableFuture<CallFailedException> failure = new CompletableFuture<>();
      Thread caller =
          Thread.ofVirtual()
              .start(
                  () -> {
                    failure.complete(failure(server, LONG));
                    assertThat(Thread.currentThread().isInterrupted()).isTrue();
                  });
      arrived.await();
      caller.interrupt();
      assertThat(failure.join().error().message())
          .isEqualTo("Api 'crm': GET /: the worker was stopped during the call");
      server.peers().getFirst().gone().join();
    }
  }

  @Test
  void an_answer_without_end_is_cut_off_at_the_limit() throws Exception {
    try (RawServer server =
        new RawServer(
            peer -> {
              peer.readRequest();
              peer.say("HTTP/1.1 200 OK\r\n\r\n");
              while (true) {
                peer.say("more".repeat(1000));
              }
            })) {
      assertThat(failure(server, LONG).error().type()).isEqualTo(ErrorType.TOO_LARGE);
      server.peers().getFirst().gone().join();
    }
  }

  @Test
  void a_head_over_the_limit_is_refused() throws Exception {
    String large = "x".repeat(OutboundHttp.MAX_HEADER_BYTES);
    try (RawServer server =
        new RawServer(
            peer -> {
              peer.readRequest();
              peer.say("HTTP/1.1 200 OK\r\nX-Large: " + large + "\r\n\r\n");
              peer.readRequest();
            })) {
      assertThat(failure(server, LONG).error().message())
          .isEqualTo("Api 'crm': GET /: the head of the answer has more than 65536 bytes");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf'",
    "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n'",
    "'SSH-2.0-OpenSSH_9.6\r\n'",
    "''"
  })
  void half_an_answer_is_none(String said) throws Exception {
    try (RawServer server =
        new RawServer(
            peer -> {
              peer.readRequest();
              peer.say(said);
            })) {
      CallFailedException failure = failure(server, LONG);
      assertThat(failure.error().type()).isEqualTo(ErrorType.COMMUNICATION);
      assertThat(failure.error().message()).doesNotContain("SSH", "127.0.0.1");
    }
  }

  @Test
  void a_connection_that_breaks_was_closed() throws Exception {
    try (RawServer server =
        new RawServer(
            peer -> {
              peer.readRequest();
              peer.breakOff();
            })) {
      assertThat(failure(server, LONG).error().message())
          .isEqualTo("Api 'crm': GET /: no answer (the connection was closed)");
    }
  }

  @Test
  void what_was_received_is_not_logged() throws Exception {
    List<LogRecord> logged = new CopyOnWriteArrayList<>();
    Handler handler = new Recording(logged);
    Logger vertx = Logger.getLogger("io.vertx");
    vertx.addHandler(handler);
    try (RawServer server =
        new RawServer(
            peer -> {
              peer.readRequest();
              peer.say("your token is s3cr3t\r\n\r\n");
              peer.readRequest();
            })) {
      failure(server, LONG);
      server.peers().getFirst().gone().join();
    } finally {
      vertx.removeHandler(handler);
    }
    assertThat(logged).extracting(LogRecord::getMessage).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'HTTP/1.1 200 OK\r\n\r\nto the end'",
    "'HTTP/1.0 200 OK\r\n\r\nto the end'",
    "'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\n\r\nto the end'"
  })
  void an_answer_may_end_with_its_connection(String said) throws Exception {
    try (RawServer server =
        new RawServer(
            peer -> {
              peer.readRequest();
              peer.say(said);
            })) {
      assertThat(get(server).text()).isEqualTo("to the end");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /a%20b/c?d=%2F&e, 'GET /a%20b/c?d=%2F&e HTTP/1.1', ",
    "GET, '', 'GET / HTTP/1.1', ",
    "GET, ?a=b, 'GET /?a=b HTTP/1.1', ",
    "DELETE, /, 'DELETE / HTTP/1.1', ",
    "POST, /, 'POST / HTTP/1.1', 'content-length: 0'",
    "PATCH, /, 'PATCH / HTTP/1.1', 'content-length: 0'"
  })
  void a_request_has_what_it_needs_and_nothing_else(
      String method, String path, String line, String length) throws Exception {
    try (RawServer server = new RawServer(OutboundHttpTest::answerAll)) {
      WAY_OUT.http().send(call(method, url(server) + path, LONG));
      List<String> expected =
          new ArrayList<>(List.of("User-Agent: Penstock", "host: 127.0.0.1:" + server.port()));
      if (length != null) {
        expected.add(length);
      }
      List<String> head = server.peers().getFirst().requests().getFirst().strip().lines().toList();
      assertThat(head.getFirst()).isEqualTo(line);
      assertThat(head.subList(1, head.size())).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void the_call_goes_to_the_address_that_was_checked_under_its_name() throws Exception {
    try (RawServer server = new RawServer(OutboundHttpTest::answerAll)) {
      OutboundHttp http = resolving(List.of("127.0.0.1"));
      http.send(call("GET", "http://crm.example:" + server.port(), LONG));
      assertThat(server.peers().getFirst().requests().getFirst())
          .contains("host: crm.example:" + server.port());
      http.close();
    }
  }

  @Test
  void a_name_that_moved_is_called_at_its_new_address() throws Exception {
    try (RawServer before = new RawServer(OutboundHttpTest::answerAll);
        RawServer after = new RawServer("127.0.0.2", before.port(), OutboundHttpTest::answerAll)) {
      OutboundHttp http = resolving(List.of("127.0.0.1", "127.0.0.2"));
      HttpCall call = call("GET", "http://crm.example:" + before.port(), LONG);
      http.send(call);
      http.send(call);
      assertThat(before.peers().getFirst().requests()).hasSize(1);
      assertThat(after.peers().getFirst().requests()).hasSize(1);
      http.close();
    }
  }

  @Test
  void an_ipv6_address_is_called() throws Exception {
    try (RawServer server = new RawServer("::1", 0, OutboundHttpTest::answerAll)) {
      WAY_OUT.http().send(call("GET", "http://[::1]:" + server.port() + "/", LONG));
      assertThat(server.peers().getFirst().requests().getFirst())
          .contains("host: [::1]:" + server.port());
    }
  }

  /** Each question gets the next address, as from a name server that rebinds. */
  private static OutboundHttp resolving(List<String> addresses) {
    Iterator<String> next = addresses.iterator();
    return new OutboundHttp(
        WAY_OUT.vertx(),
        new AddressGuard(host -> InetAddress.getAllByName(next.next())),
        OutboundHttp.options());
  }

  private static void answerAll(RawServer.Peer peer) throws IOException {
    while (peer.readRequest()) {
      peer.say(RawServer.OK);
    }
  }

  private static HttpAnswer get(RawServer server) throws CallFailedException {
    return WAY_OUT.http().send(call("GET", url(server), LONG));
  }

  private static CallFailedException failure(RawServer server, Duration timeout) {
    return failure(call("GET", url(server), timeout));
  }

  private static CallFailedException failure(HttpCall call) {
    return catchThrowableOfType(CallFailedException.class, () -> WAY_OUT.http().send(call));
  }

  private static String url(RawServer server) {
    return "http://127.0.0.1:" + server.port();
  }

  private static HttpCall call(String method, String url, Duration timeout) {
    return new HttpCall(
        "Api 'crm': GET /", method, URI.create(url), Map.of(), Optional.empty(), timeout, true);
  }

  private static final class Recording extends Handler {
    private final List<LogRecord> records;

    Recording(List<LogRecord> records) {
      this.records = records;
    }

    @Override
    public void publish(LogRecord record) {
      records.add(record);
    }

    @Override
    public void flush() {
      // nothing is held back
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
