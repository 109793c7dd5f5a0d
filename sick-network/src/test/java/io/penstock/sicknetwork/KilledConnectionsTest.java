package io.penstock.sicknetwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.penstock.sicknetwork.Line.Ends;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KilledConnectionsTest {
  /** How long a socket listens before it counts as silent. */
  private static final int SILENCE_MILLIS = 200;

  private Line line;

  @BeforeEach
  void open() throws IOException {
    line = new Line();
  }

  @AfterEach
  void close() throws IOException {
    line.close();
  }

  @Test
  void a_healthy_proxy_passes_bytes_and_ends_in_both_directions() throws Exception {
    Ends ends = line.connect();
    Line.say(ends.client(), "there");
    assertThat(Line.hear(ends.server(), 5)).isEqualTo("there");
    ends.client().shutdownOutput();
    assertThat(ends.server().getInputStream().read()).as("the end").isEqualTo(-1);
    Line.say(ends.server(), "and back");
    assertThat(Line.hear(ends.client(), 8)).isEqualTo("and back");
    ends.server().close();
    assertThat(ends.client().getInputStream().read()).isEqualTo(-1);
    await().until(() -> line.proxy.openConnections() == 0);
  }

  @Test
  void a_reset_breaks_both_sides_and_lets_new_ones_pass() throws Exception {
    Ends ends = line.connect();
    Line.say(ends.client(), "x");
    assertThat(Line.hear(ends.server(), 1)).isEqualTo("x");
    line.proxy.reset();
    assertBroken(ends.client());
    assertBroken(ends.server());
    await().until(() -> line.proxy.openConnections() == 0);
    assertPasses(line.connect());
  }

  @Test
  void a_reset_of_one_side_is_a_reset_to_the_other() throws Exception {
    Ends ends = line.connect();
    ends.server().setSoLinger(true, 0);
    ends.server().close();
    assertBroken(ends.client());
  }

  @Test
  void who_is_refused_is_broken_off_while_open_ones_go_on() throws Exception {
    Ends before = line.connect();
    line.proxy.refuse();
    assertBroken(line.dial());
    assertPasses(before);
    line.proxy.heal();
    assertPasses(line.connect());
  }

  @Test
  void a_server_that_is_not_there_is_a_broken_connection() throws Exception {
    try (SickProxy proxy = SickProxy.start();
        Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      client.setSoTimeout(10_000);
      assertBroken(client);
      proxy.target(line.proxy.port());
      try (Socket next = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
        assertThat(next.isConnected()).isTrue();
      }
    }
  }

  @Test
  void a_lost_connection_is_silent_on_both_sides_for_ever() throws Exception {
    Ends lost = line.connect();
    assertPasses(lost);
    line.proxy.loseAll();
    Line.say(lost.client(), "hello?");
    Line.say(lost.server(), "hello?");
    assertSilent(lost.client());
    assertSilent(lost.server());
    line.proxy.heal();
    assertPasses(line.connect());
    lost.client().close();
    assertSilent(lost.server());
  }

  @Test
  void who_connects_while_connections_are_lost_is_accepted_and_hears_nothing() throws Exception {
    line.proxy.loseAll();
    Socket client = line.dial();
    Line.say(client, "anybody?");
    assertSilent(client);
    line.proxy.heal();
    assertSilent(client);
    assertPasses(line.connect());
  }

  @Test
  void closing_leaves_nothing_behind_whatever_connections_are_doing() throws Exception {
    Ends held = line.connect();
    line.proxy.set(Direction.TO_SERVER, Toxics.NONE.withAllHeldBack());
    Line.say(held.client(), "held");
    Ends idle = line.connect();
    line.proxy.loseAll();
    Socket swallowed = line.dial();
    int port = line.proxy.port();
    line.proxy.close();
    for (Socket socket : new Socket[] {held.client(), held.server(), idle.client(), swallowed}) {
      assertEnded(socket);
    }
    assertThat(line.proxy.openConnections()).isZero();
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port))
        .isInstanceOf(SocketException.class);
    line.proxy.close();
  }

  private static void assertPasses(Ends ends) throws IOException {
    Line.say(ends.client(), "ping");
    assertThat(Line.hear(ends.server(), 4)).isEqualTo("ping");
    Line.say(ends.server(), "pong");
    assertThat(Line.hear(ends.client(), 4)).isEqualTo("pong");
  }

  private static void assertBroken(Socket socket) {
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }

  private static void assertSilent(Socket socket) throws IOException {
    socket.setSoTimeout(SILENCE_MILLIS);
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
  }

  private static void assertEnded(Socket socket) throws IOException {
    try {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    } catch (SocketException broken) {
      assertThat(broken).hasMessageContaining("reset");
    }
  }
}
