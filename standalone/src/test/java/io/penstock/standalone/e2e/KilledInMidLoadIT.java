package io.penstock.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL while webhooks come in and steps are at work; then the same data again. */
class KilledInMidLoadIT {
  private static final int ACCEPTED_BEFORE_KILL = 300;
  private static final int IN_PARALLEL = 16;

  @TempDir Path directory;

  @Test
  @Timeout(300)
  void every_accepted_event_completes_after_a_kill_and_a_restart_on_the_same_data()
      throws Exception {
    Set<String> accepted = ConcurrentHashMap.newKeySet();
    try (OutsideWorld world = new OutsideWorld()) {
      world.latencyMillis(20);
      Path definitions = Installation.write(directory, world);
      Path data = directory.resolve("data");
      Sender sender = new Sender();
      try (PenstockProcess doomed =
          PenstockProcess.start(data, definitions, Installation.SECRETS)) {
        loadUntilKilled(sender, doomed, accepted);
      }
      int notifiedBefore = world.callsByKey("/notify").size();
      assertThat(notifiedBefore).as("killed in the middle of the work").isLessThan(accepted.size());

      try (PenstockProcess again = PenstockProcess.start(data, definitions, Installation.SECRETS)) {
        Map<String, String> statuses =
            await()
                .atMost(Duration.ofMinutes(2))
                .until(
                    () -> sender.statuses(again),
                    now -> accepted.stream().allMatch(id -> "COMPLETED".equals(now.get(id))));

        assertThat(statuses.values()).containsOnly("COMPLETED");
        // A call whose answer was in flight at the kill is repeated, under the same key.
        Map<String, Long> notified = world.callsByKey("/notify");
        assertThat(notified).hasSize(statuses.size());
        assertThat(notified.values()).allSatisfy(calls -> assertThat(calls).isBetween(1L, 2L));
      }
    }
  }

  private static void loadUntilKilled(Sender sender, PenstockProcess doomed, Set<String> accepted)
      throws InterruptedException {
    boolean killed = false;
    AtomicInteger next = new AtomicInteger();
    Semaphore slots = new Semaphore(IN_PARALLEL);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      while (!killed) {
        slots.acquire();
        if (accepted.size() >= ACCEPTED_BEFORE_KILL) {
          doomed.kill();
          killed = true;
        }
        threads.execute(
            () -> {
              try {
                Optional<List<String>> started =
                    sender.send(doomed, "evt-" + next.incrementAndGet());
                started.ifPresent(accepted::addAll);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } finally {
                slots.release();
              }
            });
      }
    }
  }
}
