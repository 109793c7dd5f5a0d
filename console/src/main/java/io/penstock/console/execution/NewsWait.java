package io.penstock.console.execution;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Holds an answer back until there is something in it. PostgreSQL is asked again and again, since
 * another console may be the one that writes.
 */
@ApplicationScoped
public class NewsWait {
  private static final long PAUSE_MS = 200;

  /** Each costs a query per pause; who comes in addition is answered at once. */
  private static final int MOST_AT_ONCE = 100;

  private final Semaphore places = new Semaphore(MOST_AT_ONCE);
  private final CountDownLatch stopping = new CountDownLatch(1);

  void onStop(@Observes ShutdownEvent event) {
    stopping.countDown();
  }

  /**
   * Asks until the answer is news, or the time has passed. Only for virtual threads.
   *
   * @return the last answer
   */
  <T> T await(Supplier<T> question, Predicate<T> isNews, Duration longest) {
    long begin = System.nanoTime();
    T answer = question.get();
    if (isNews.test(answer) || longest.isZero() || !places.tryAcquire()) {
      return answer;
    }
    try {
      while (!isNews.test(answer) && System.nanoTime() - begin < longest.toNanos()) {
        if (stopping.await(PAUSE_MS, TimeUnit.MILLISECONDS)) {
          return answer;
        }
        answer = question.get();
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return answer;
    } finally {
      places.release();
    }
  }
}
