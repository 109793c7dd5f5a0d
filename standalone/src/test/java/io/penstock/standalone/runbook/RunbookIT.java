package io.penstock.standalone.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.penstock.schema.json.Json;
import io.penstock.standalone.e2e.PenstockProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three in the morning on the real parts: what the runbook says is typed, word for word, and in the
 * end every order is done.
 */
class RunbookIT {
  static final String SECTION = "The dead-letter queue is filling at three in the morning";

  private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

  @TempDir private Path directory;

  @Test
  @Timeout(300)
  void who_follows_the_runbook_gets_out_of_it() throws Exception {
    try (Shop shop = new Shop();
        PenstockProcess penstock =
            PenstockProcess.start(directory.resolve("data"), shop.broken(directory), Map.of())) {
      Shop.fixed(directory);
      Shell shell = new Shell(directory, penstock.url(""));
      send(shell, Shop.events(directory), Shop.ORDERS + Shop.NEWSLETTERS - 1);
      send(shell, Shop.lastEvent(directory), Shop.ORDERS + Shop.NEWSLETTERS);

      for (Runbook.Command command : Runbook.section(SECTION)) {
        String typed = shell.filledIn(command.text());
        Shell.Ran ran = shell.run(typed);
        assertThat(ran.exitCode()).as(typed + "\n" + ran.output()).isEqualTo(command.exitCode());
      }

      await()
          .atMost(LONG_ENOUGH)
          .until(() -> executions(shell, "COMPLETED"), completed -> completed == Shop.ORDERS);
      assertThat(open(shell)).isZero();
      assertThat(executions(shell, "CANCELLED")).isEqualTo(1);
      assertThat(Files.readAllLines(directory.resolve("letters.jsonl"))).hasSize(Shop.NEWSLETTERS);
      assertThat(shop.bodies("/reserve")).as("kept, not done again").hasSize(Shop.ORDERS);
      assertThat(shop.bodies("/tell")).hasSize(Shop.ORDERS);
      assertThat(shop.bodies("/charge"))
          .as("all but one at once, that one again with the patch")
          .hasSize(Shop.ORDERS + 1);
    }
  }

  /** Sends events, and waits until so many letters are open. */
  private static void send(Shell shell, Path events, long open) throws Exception {
    Shell.Ran sent = shell.run("penstock emit " + events);
    assertThat(sent.exitCode()).as(sent.output()).isZero();
    await().atMost(LONG_ENOUGH).until(() -> open(shell), now -> now == open);
  }

  private static long open(Shell shell) throws Exception {
    List<?> groups = (List<?>) shell.look("/api/dead-letters/groups").at("groups");
    return groups.stream().mapToLong(group -> (Long) Json.of(group).at("open")).sum();
  }

  private static long executions(Shell shell, String status) throws Exception {
    return ((List<?>) shell.look("/api/executions?limit=200&status=" + status).at("executions"))
        .size();
  }
}
