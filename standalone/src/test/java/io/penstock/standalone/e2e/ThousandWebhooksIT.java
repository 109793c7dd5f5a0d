package io.penstock.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.penstock.schema.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The main job on the real parts, under a burst with redeliveries. */
class ThousandWebhooksIT {
  private static final int EVENTS = 1_000;
  private static final int IN_PARALLEL = 32;

  @TempDir Path directory;

  @Test
  @Timeout(300)
  void a_thousand_webhooks_with_every_tenth_sent_twice_notify_a_thousand_times() throws Exception {
    try (OutsideWorld world = new OutsideWorld();
        PenstockProcess penstock =
            PenstockProcess.start(
                directory.resolve("data"),
                Installation.write(directory, world),
                Installation.SECRETS)) {
      Sender sender = new Sender();
      Map<String, Set<String>> executionsByEvent = sendAll(sender, penstock);

      await()
          .atMost(Duration.ofMinutes(2))
          .until(
              () -> sender.statuses(penstock),
              statuses -> Collections.frequency(statuses.values(), "COMPLETED") >= EVENTS);

      Map<String, String> statuses = sender.statuses(penstock);
      Set<String> answered = new HashSet<>();
      executionsByEvent.values().forEach(answered::addAll);
      assertThat(executionsByEvent).hasSize(EVENTS);
      assertThat(executionsByEvent.values()).allSatisfy(ids -> assertThat(ids).hasSize(1));
      assertThat(statuses.keySet()).isEqualTo(answered);
      assertThat(statuses.values()).containsOnly("COMPLETED");
      assertThat(world.callsByKey("/notify"))
          .hasSize(EVENTS)
          .allSatisfy((key, calls) -> assertThat(calls).isEqualTo(1));
      assertThat(world.calls("/nurture")).isZero();
      assertThat(world.callsByKey("/v1/chat/completions")).hasSize(EVENTS);
      assertThat(world.calls("/v1/chat/completions")).isEqualTo(EVENTS);

      String one = answered.iterator().next();
      Json shown = sender.get(penstock, "/api/executions/" + one);
      assertThat((List<?>) shown.at("steps")).hasSize(4);
    }
  }

  private static Map<String, Set<String>> sendAll(Sender sender, PenstockProcess penstock)
      throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      ids.add("evt-" + i);
      if (i % 10 == 0) {
        ids.add("evt-" + i);
      }
    }
    Map<String, Set<String>> executions = new ConcurrentHashMap<>();
    Semaphore slots = new Semaphore(IN_PARALLEL);
    List<Future<?>> sent = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String id : ids) {
        slots.acquire();
        sent.add(
            threads.submit(
                () -> {
                  try {
                    List<String> started = sender.send(penstock, id).orElseThrow();
                    executions
                        .computeIfAbsent(id, any -> ConcurrentHashMap.newKeySet())
                        .addAll(started);
                    return null;
                  } finally {
                    slots.release();
                  }
                }));
      }
      for (Future<?> one : sent) {
        one.get();
      }
    }
    return executions;
  }
}
