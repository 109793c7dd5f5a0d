package io.penstock.worker.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When nobody waits any more. */
class ExchangeTest {
  @RegisterExtension static final WayOut WAY_OUT = new WayOut();

  private final Context loop = WAY_OUT.vertx().getOrCreateContext();

  /** With a single connection, for which calls queue. */
  private final HttpClient client =
      WAY_OUT
          .vertx()
          .createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(1));

  @Test
  void giving_up_after_the_answer_does_not_disturb_the_next_call() throws Exception {
    CountDownLatch second = new CountDownLatch(2);
    CountDownLatch given = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(
            peer -> {
              peer.readRequest();
              second.countDown();
              peer.say(RawServer.OK);
              peer.readRequest();
              second.countDown();
              given.await();
              peer.say(RawServer.OK);
              peer.readRequest();
            })) {
      Exchange answered = exchange(server);
      answered.start().join();
      var next = exchange(server).start();
      second.await();
      answered.giveUp();
      loop.runOnContext(nothing -> given.countDown());
      assertThat(next.join().text()).isEqualTo("ok");
      assertThat(server.peers()).hasSize(1);
    }
  }

  @Test
  void giving_up_before_there_is_a_connection_leaves_the_request_unsent() throws Exception {
    CountDownLatch given = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(
            peer -> {
              while (peer.readRequest()) {
                given.await();
                peer.say(RawServer.OK);
              }
            })) {
      var first = exchange(server).start();
      Exchange waiting = exchange(server);
      var unsent = waiting.start();
      waiting.giveUp();
      loop.runOnContext(nothing -> given.countDown());
      first.join();
      exchange(server).start().join();
      assertThat(unsent).isCancelled();
      assertThat(server.peers()).hasSize(1);
      assertThat(server.peers().getFirst().requests()).hasSize(2);
    }
  }

  private Exchange exchange(RawServer server) {
    RequestOptions target =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setHost("127.0.0.1")
            .setPort(server.port())
            .setURI("/");
    return new Exchange(loop, client, target, Map.of(), null, OutboundHttp.MAX_ANSWER_BYTES);
  }
}
