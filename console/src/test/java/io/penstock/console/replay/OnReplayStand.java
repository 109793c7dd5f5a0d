package io.penstock.console.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** For tests of replays: one stand for all of a class, empty before each. */
abstract class OnReplayStand {
  static final Duration LONG = Duration.ofSeconds(20);

  static ReplayStand stand;

  @BeforeAll
  static void start() {
    stand = new ReplayStand();
  }

  @AfterAll
  static void stop() {
    stand.close();
  }

  @BeforeEach
  void empty() throws Exception {
    stand.empty();
  }

  static String open() throws Exception {
    return stand
        .column("select count(*) from console.dead_letter where status = 'open'")
        .getFirst();
  }

  static void assertCounts(String id, String expected) throws Exception {
    Replay replay = stand.replay(id);
    assertThat(
            "waiting %d, in flight %d, succeeded %d, failed %d, refused %d, cancelled %d"
                .formatted(
                    replay.waiting(),
                    replay.inFlight(),
                    replay.succeeded(),
                    replay.failedAgain(),
                    replay.refused(),
                    replay.cancelled()))
        .isEqualTo(expected);
    assertThat(
            replay.waiting()
                + replay.inFlight()
                + replay.succeeded()
                + replay.failedAgain()
                + replay.refused()
                + replay.cancelled())
        .isEqualTo(replay.total());
  }
}
