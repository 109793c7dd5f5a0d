package io.penstock.worker.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.Set;

/** What whoever operates workers may set. Keys, units and effects of a bad value. */
@ConfigMapping(prefix = "penstock.worker")
public interface WorkerConfig {

  /**
   * Which kinds of step this process works on: any of {@code enrich}, {@code llm}, {@code route},
   * {@code notify}. A kind that no process lists waits in its topic.
   */
  @WithDefault("enrich,llm,route,notify")
  Set<String> kinds();

  /**
   * How long a stopping process waits for attempts in flight, e.g. {@code 30s}. Too low: calls that
   * were cut off are made again elsewhere. Too high: a stop takes that long; keep it below the
   * platform's own limit ({@code terminationGracePeriodSeconds}), which ends the process hard.
   */
  @WithDefault("30s")
  Duration drain();

  /**
   * How long an attempt waits for a definition that has not arrived here yet. Too low: a command
   * goes back to the orchestrator when its workflow was applied a moment ago. Too high: the attempt
   * keeps its place in flight meanwhile. When it is exceeded the outcome is {@code deferred}, which
   * costs no attempt.
   */
  @WithName("definition-wait")
  @WithDefault("10s")
  Duration definitionWait();

  /** Limits of {@code enrich}. */
  Kind enrich();

  /** Limits of {@code llm}. */
  Kind llm();

  /** Limits of {@code route}. */
  Kind route();

  /** Limits of {@code notify}. */
  @WithName("notify")
  Kind notifying();

  /** Limits of calls: how many begin, and are on their way. */
  Limits limits();

  /** How the limits that definitions set are counted. */
  interface Limits {
    /**
     * Where: {@code memory} counts the calls of this process alone, {@code postgresql} those of all
     * workers together, in schema {@code worker} of the database of {@code quarkus.datasource}.
     * With several processes and {@code memory} each takes the whole limit.
     */
    @WithDefault("memory")
    Store store();

    /** Where calls are counted. */
    enum Store {
      MEMORY,
      POSTGRESQL
    }
  }

  /** Limits of one kind in this process. */
  interface Kind {
    /**
     * The most attempts in flight at once. Too low: commands wait while the other side is idle. Too
     * high: memory (up to about 1 MiB an attempt: context, answer) and pressure on the other side.
     * When it is reached no command is taken; other processes, if any, get them.
     */
    @WithDefault("128")
    int concurrency();
  }
}
