package io.penstock.console.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NewsWaitTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private final NewsWait wait = new NewsWait();
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void it_asks_until_there_is_news() {
    assertThat(wait.await(asked::incrementAndGet, answer -> answer == 3, LONG)).isEqualTo(3);
  }

  @Test
  void who_does_not_want_to_wait_gets_the_first_answer() {
    assertThat(wait.await(asked::incrementAndGet, answer -> false, Duration.ZERO)).isEqualTo(1);
  }

  @Test
  void at_the_server_s_end_whoever_waits_is_answered() {
    CompletableFuture<Integer> answer =
        CompletableFuture.supplyAsync(() -> wait.await(asked::incrementAndGet, any -> false, LONG));
    await().until(() -> asked.get() > 1);

    wait.onStop(null);

    assertThat(answer.join()).isPositive();
  }
}
