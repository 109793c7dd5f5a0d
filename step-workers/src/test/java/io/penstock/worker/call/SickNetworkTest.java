package io.penstock.worker.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.schema.message.ErrorType;
import io.penstock.sicknetwork.Direction;
import io.penstock.sicknetwork.SickProxy;
import io.penstock.sicknetwork.Toxics;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An Api that is well, behind a network that is not: each call ends, and says rightly how. */
class SickNetworkTest {
  @RegisterExtension static final WayOut WAY_OUT = new WayOut();

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final int HEAD_BYTES = 20;

  private RawServer server;
  private SickProxy proxy;

  @BeforeEach
  void start() throws Exception {
    server =
        new RawServer(
            peer -> {
              while (peer.readRequest()) {
                peer.say(RawServer.OK);
              }
            });
    proxy = SickProxy.before(server.port());
    assertThat(get(LONG).status()).isEqualTo(200);
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.close();
  }

  @Test
  void an_answer_that_trickles_is_given_up_at_the_timeout() {
    proxy.set(Direction.TO_CLIENT, Toxics.NONE.withSlicesOf(1).withBandwidth(10));
    assertThat(failure(SHORT)).isEqualTo(ErrorType.TIMEOUT);
    assertWellAgain();
  }

  @Test
  void an_answer_of_which_the_rest_never_comes_is_given_up_at_the_timeout() {
    proxy.set(Direction.TO_CLIENT, Toxics.NONE.withSlicesOf(HEAD_BYTES).withBandwidth(HEAD_BYTES));
    CompletableFuture<ErrorType> failure = CompletableFuture.supplyAsync(() -> failure(SHORT));
    proxy.set(Direction.TO_CLIENT, Toxics.NONE.withAllHeldBack());
    assertThat(failure.join()).isEqualTo(ErrorType.TIMEOUT);
    assertWellAgain();
  }

  @Test
  void a_request_that_nobody_gets_is_given_up_at_the_timeout() {
    proxy.set(Direction.TO_SERVER, Toxics.NONE.withAllHeldBack());
    assertThat(failure(SHORT)).isEqualTo(ErrorType.TIMEOUT);
    assertWellAgain();
  }

  @Test
  void a_connection_that_is_lost_without_a_word_is_given_up_at_the_timeout_and_not_used_again() {
    proxy.loseAll();
    assertThat(failure(SHORT)).isEqualTo(ErrorType.TIMEOUT);
    assertThat(failure(SHORT)).as("a new one is swallowed").isEqualTo(ErrorType.TIMEOUT);
    assertWellAgain();
  }

  @Test
  void an_answer_that_is_cut_off_is_no_answer() {
    proxy.set(Direction.TO_CLIENT, Toxics.NONE.withCutAfter(HEAD_BYTES));
    assertThat(failure(LONG)).isEqualTo(ErrorType.COMMUNICATION);
    assertWellAgain();
  }

  @Test
  void who_is_broken_off_at_the_door_has_no_answer() {
    proxy.reset();
    proxy.refuse();
    assertThat(failure(LONG)).isEqualTo(ErrorType.COMMUNICATION);
    assertThat(failure(LONG)).isEqualTo(ErrorType.COMMUNICATION);
    assertWellAgain();
  }

  @Test
  void a_slow_answer_in_small_pieces_is_whole() throws Exception {
    proxy.set(Toxics.NONE.withLatency(Duration.ofMillis(20), SHORT).withSlicesOf(3));
    assertThat(get(LONG).text()).isEqualTo("ok");
  }

  private void assertWellAgain() {
    proxy.heal();
    try {
      assertThat(get(LONG).text()).isEqualTo("ok");
    } catch (CallFailedException e) {
      throw new AssertionError(e);
    }
  }

  private ErrorType failure(Duration timeout) {
    return catchThrowableOfType(CallFailedException.class, () -> get(timeout)).error().type();
  }

  private HttpAnswer get(Duration timeout) throws CallFailedException {
    return WAY_OUT
        .http()
        .send(
            new HttpCall(
                "Api 'crm': GET /",
                "GET",
                URI.create("http://127.0.0.1:" + proxy.port()),
                Map.of(),
                Optional.empty(),
                timeout,
                true));
  }
}
