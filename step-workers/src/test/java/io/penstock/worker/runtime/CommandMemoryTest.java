package io.penstock.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.schema.json.Json;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepPath;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CommandMemoryTest {
  private static final int MAX_BYTES = 10_000;

  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger calls = new AtomicInteger();
  private final CommandMemory memory =
      new CommandMemory(3, MAX_BYTES, Duration.ofMinutes(10), now::get);

  @Test
  void a_repetition_gets_the_first_outcome() {
    assertThat(call("a")).isSameAs(call("a"));
    assertThat(calls).hasValue(1);
  }

  @Test
  void another_delivery_is_another_command() {
    call("a");
    memory.once(new CommandId(new ExecutionId("w~a"), new StepPath("s"), 1, 1, 2), this::outcome);
    assertThat(calls).hasValue(2);
  }

  @Test
  void what_is_old_is_forgotten() {
    call("a");
    now.addAndGet(Duration.ofMinutes(10).toNanos());
    call("a");
    assertThat(calls).hasValue(2);
  }

  @Test
  void the_eldest_is_forgotten_when_there_are_too_many() {
    for (String execution : new String[] {"a", "b", "c", "d", "e"}) {
      call(execution);
    }
    call("e");
    call("d");
    assertThat(calls).hasValue(5);
    call("a");
    assertThat(calls).hasValue(6);
  }

  @Test
  void the_eldest_is_forgotten_when_together_they_are_too_large() {
    StepOutcome large = outcome(Json.of(Map.of("text", "x".repeat(6_000))));
    memory.once(id("a"), () -> large);
    memory.once(id("b"), () -> large);
    call("b");
    assertThat(calls).hasValue(0);
    call("a");
    assertThat(calls).hasValue(1);
  }

  @Test
  void an_outcome_over_the_whole_limit_still_reaches_whoever_waits_for_it() {
    StepOutcome giant = outcome(Json.of(Map.of("text", "x".repeat(2 * MAX_BYTES))));
    assertThat(memory.once(id("a"), () -> giant)).isSameAs(giant);
    call("a");
    assertThat(calls).hasValue(1);
  }

  @Test
  void a_bug_is_not_remembered() {
    assertThatThrownBy(
            () ->
                memory.once(
                    id("a"),
                    () -> {
                      throw new IllegalStateException("bug");
                    }))
        .isInstanceOf(IllegalStateException.class);
    call("a");
    assertThat(calls).hasValue(1);
  }

  private StepOutcome call(String execution) {
    return memory.once(id(execution), this::outcome);
  }

  private static CommandId id(String execution) {
    return new CommandId(new ExecutionId("w~" + execution), new StepPath("s"), 1, 1, 1);
  }

  private StepOutcome outcome() {
    calls.incrementAndGet();
    return outcome(Json.NULL);
  }

  private static StepOutcome outcome(Json output) {
    return new StepOutcome(
        id("x"),
        new StepOutcome.Succeeded(output),
        Optional.empty(),
        Instant.EPOCH,
        Instant.EPOCH,
        "w");
  }
}
