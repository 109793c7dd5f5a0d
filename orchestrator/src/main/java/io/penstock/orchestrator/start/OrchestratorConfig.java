package io.penstock.orchestrator.start;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Settings of the orchestrator. */
@ConfigMapping(prefix = "penstock.orchestrator")
public interface OrchestratorConfig {
  /**
   * Where state is kept between restarts. Lost state comes back from Kafka, which takes longer the
   * more executions are open.
   */
  @WithDefault(".penstock/state")
  String stateDir();

  /**
   * How often decisions are committed. Shorter: fewer commands come twice after a crash, more CPU
   * and broker load. Longer: the reverse. It delays no step, but history (and so the console).
   */
  @WithDefault("100ms")
  Duration commitInterval();

  /** Threads that take partitions; more than there are partitions are idle. */
  @WithDefault("1")
  int threads();

  /** Copies of state on other instances, ready to take over. Needs as many more instances. */
  @WithDefault("0")
  int standbyReplicas();

  /**
   * How long an input waits for a definition that this instance has not read yet. Longer: a missing
   * definition stops a partition for longer. Then the execution is suspended.
   */
  @WithDefault("10s")
  Duration definitionWait();

  /** How long a stop may take before it is cut short; what is not committed is decided again. */
  @WithDefault("10s")
  Duration stopWithin();

  /**
   * How long the broker waits for a silent instance before others take over its partitions.
   * Shorter: faster take-over, more false alarms on a loaded machine.
   */
  @WithDefault("10s")
  Duration sessionTimeout();

  /**
   * How long the broker keeps the open transaction of a silent instance, at least: never shorter
   * than what may be waited for inside one. Until it is cut off its history is not seen, and who
   * takes over may have to wait. Shorter: an instance that stood still for so long has to decide
   * its last inputs again.
   */
  @WithDefault("10s")
  Duration transactionTimeout();

  /**
   * Name of this instance, the same after a restart and unlike that of any other: killed and
   * started again it has its partitions back at once. Without one it waits until the session of its
   * predecessor has ended.
   */
  Optional<String> instance();
}
