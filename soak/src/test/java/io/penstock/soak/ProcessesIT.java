package io.penstock.soak;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.soak.account.Account;
import io.penstock.soak.fault.PlannedFault;
import io.penstock.soak.installation.ClassArchives;
import io.penstock.soak.installation.Installation;
import io.penstock.soak.installation.Member;
import io.penstock.soak.installation.Packaged;
import io.penstock.soak.world.CallLog;
import io.penstock.soak.world.StubWorld;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The suite in short: {@code ./penstock soak} is the long one. */
class ProcessesIT {
  private static final int PER_SECOND = 10;

  @TempDir Path directory;

  @Test
  @Timeout(600)
  void nothing_is_lost_or_doubled_whoever_is_killed_or_stands_still() throws Exception {
    CallLog calls = new CallLog();
    try (StubWorld world = new StubWorld(calls);
        Installation installation =
            Installation.prepare(
                new Installation.Plan(
                    Packaged.here(),
                    ClassArchives.of(Packaged.here(), false),
                    directory.resolve("data"),
                    directory.resolve("postgresql"),
                    world.port()))) {
      Narrator narrator = new Narrator(new PrintWriter(System.out, false, UTF_8));
      Suite suite = new Suite(installation, calls, narrator, PER_SECOND);
      suite.begin(Definitions.forWorldAt(installation.addresses().apis()));

      Account account =
          suite.cycle(
              List.of(
                  PlannedFault.kill(Member.ORCHESTRATOR_1),
                  PlannedFault.kill(Member.WORKER_1),
                  PlannedFault.freeze(Member.WORKER_2, Duration.ofSeconds(4)),
                  PlannedFault.kill(Member.BROKER),
                  PlannedFault.kill(Member.DATABASE),
                  PlannedFault.restart(Member.INGEST),
                  PlannedFault.killEverything()));

      assertThat(account.violations()).isEmpty();
      assertThat(account.accepted()).isPositive();
    }
  }
}
