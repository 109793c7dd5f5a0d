package io.penstock.sicknetwork;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.penstock.sicknetwork.Line.Ends;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ToxicsTest {
  private static final Duration AN_HOUR = Duration.ofHours(1);

  private Line line;
  private Ends ends;

  @BeforeEach
  void open() throws IOException {
    line = new Line();
    ends = line.connect();
  }

  @AfterEach
  void close() throws IOException {
    line.close();
  }

  @Test
  void latency_delays_one_direction_and_a_change_counts_for_what_is_on_its_way() throws Exception {
    line.proxy.set(Direction.TO_SERVER, Toxics.NONE.withLatency(AN_HOUR, Duration.ZERO));
    Line.say(ends.client(), "late");
    Line.say(ends.server(), "at once");
    assertThat(Line.hear(ends.client(), 7)).isEqualTo("at once");
    assertThat(Line.waiting(ends.server())).isZero();
    line.proxy.set(Direction.TO_SERVER, Toxics.NONE);
    assertThat(Line.hear(ends.server(), 4)).isEqualTo("late");
  }

  @Test
  void latency_is_waited_for_and_jitter_only_adds_to_it() throws Exception {
    line.proxy.set(Toxics.NONE.withLatency(Duration.ofMillis(50), Duration.ofMillis(20)));
    long begin = System.nanoTime();
    Line.say(ends.client(), "x");
    assertThat(Line.hear(ends.server(), 1)).isEqualTo("x");
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isGreaterThanOrEqualTo(Duration.ofMillis(50));
  }

  @Test
  void latency_costs_no_order() throws Exception {
    line.proxy.set(Toxics.NONE.withLatency(Duration.ofMillis(1), Duration.ofMillis(5)));
    StringBuilder said = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      Line.say(ends.client(), i + ",");
      said.append(i).append(',');
    }
    assertThat(Line.hear(ends.server(), said.length())).isEqualTo(said.toString());
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void a_direction_that_is_held_back_is_silent_and_loses_nothing(Direction direction)
      throws Exception {
    var from = direction == Direction.TO_SERVER ? ends.client() : ends.server();
    var to = direction == Direction.TO_SERVER ? ends.server() : ends.client();
    line.proxy.set(direction, Toxics.NONE.withAllHeldBack());
    Line.say(from, "held");
    from.shutdownOutput();
    int patience = to.getSoTimeout();
    to.setSoTimeout(200);
    assertThatThrownBy(() -> to.getInputStream().read())
        .as("neither bytes nor the end")
        .isInstanceOf(SocketTimeoutException.class);
    to.setSoTimeout(patience);
    line.proxy.heal();
    assertThat(Line.hear(to, 4)).isEqualTo("held");
    assertThat(to.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void a_sender_who_is_not_heard_is_stopped_by_back_pressure() throws Exception {
    line.proxy.set(Direction.TO_SERVER, Toxics.NONE.withAllHeldBack());
    AtomicLong written = new AtomicLong();
    byte[] some = new byte[64 << 10];
    int rounds = 2_000;
    Thread sender =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    for (int i = 0; i < rounds; i++) {
                      ends.client().getOutputStream().write(some);
                      written.addAndGet(some.length);
                    }
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                });
    AtomicLong before = new AtomicLong(-1);
    await()
        .during(Duration.ofMillis(300))
        .until(() -> before.getAndSet(written.get()) == written.get());
    long all = (long) rounds * some.length;
    assertThat(before.get()).as("of %s bytes", all).isLessThan(all / 2);
    line.proxy.heal();
    long read = 0;
    while (read < all) {
      read += ends.server().getInputStream().readNBytes(some.length).length;
    }
    sender.join();
    assertThat(read).isEqualTo(all);
  }

  @Test
  void slices_arrive_one_by_one_and_whole() throws Exception {
    line.proxy.set(
        Direction.TO_SERVER,
        Toxics.NONE.withSlicesOf(3).withBandwidth(3_000)); // so that slices do not run together
    Line.say(ends.client(), "0123456789");
    byte[] buffer = new byte[100];
    int first = ends.server().getInputStream().read(buffer);
    assertThat(first).isBetween(1, 9);
    assertThat(new String(buffer, 0, first, UTF_8) + Line.hear(ends.server(), 10 - first))
        .isEqualTo("0123456789");
  }

  @Test
  void bandwidth_is_kept_to() throws Exception {
    line.proxy.set(Direction.TO_CLIENT, Toxics.NONE.withBandwidth(20_000));
    long begin = System.nanoTime();
    ends.server().getOutputStream().write(new byte[10_000]);
    ends.server().shutdownOutput();
    assertThat(ends.client().getInputStream().readAllBytes()).hasSize(10_000);
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .as("a half of a second's bytes")
        .isGreaterThanOrEqualTo(Duration.ofMillis(450));
  }

  @Test
  void a_connection_is_cut_after_so_many_bytes() throws Exception {
    line.proxy.set(Direction.TO_CLIENT, Toxics.NONE.withCutAfter(7));
    Line.say(ends.server(), "0123");
    assertThat(Line.hear(ends.client(), 4)).isEqualTo("0123");
    Line.say(ends.server(), "456789");
    assertThatThrownBy(
            () -> {
              while (ends.client().getInputStream().read() >= 0) {
                // what was sent before the cut may have arrived or not
              }
            })
        .isInstanceOf(SocketException.class);
    assertThatThrownBy(() -> ends.server().getInputStream().read())
        .isInstanceOf(SocketException.class);
  }

  @Test
  void impossible_toxics_are_refused() {
    assertThatThrownBy(() -> Toxics.NONE.withSlicesOf(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Toxics.NONE.withBandwidth(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Toxics.NONE.withLatency(Duration.ofMillis(-1), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
