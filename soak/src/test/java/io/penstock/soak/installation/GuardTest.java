package io.penstock.soak.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GuardTest {
  private Process guarded;

  @BeforeEach
  void start() throws IOException {
    guarded = new ProcessBuilder("sleep", "600").start();
  }

  @AfterEach
  void end() {
    guarded.destroyForcibly();
  }

  @Test
  void it_ends_what_is_left_when_its_owner_is_gone() throws Exception {
    Guard guard = Guard.start();
    guard.guard(guarded.toHandle());

    guard.close(); // its input ends, as it does when the owner is killed

    assertThat(guarded.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_frozen_one_too() throws Exception {
    Guard guard = Guard.start();
    guard.guard(guarded.toHandle());
    Signal.STOP.sendTo(List.of(guarded.toHandle()));

    guard.close();

    assertThat(guarded.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void nobody_else_is_touched() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    try (Guard guard = Guard.start()) {
      guard.guard(ended.toHandle());
      ended.waitFor();
    }

    assertThat(guarded.isAlive()).isTrue();
  }
}
