package io.penstock.benchmark.micro;

import io.penstock.schema.json.Json;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Decide, evolve and react for the lead workflow; no codec, no store. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CoreBenchmark {
  private static final Json COMPANY =
      LeadExecution.json("{\"id\":\"lead-1\",\"company\":\"Company\",\"employees\":42}");
  private static final Json SCORE = LeadExecution.json("{\"score\":77,\"reason\":\"stub\"}");
  private static final Json FIRST_BRANCH = LeadExecution.json("{\"branch\":0}");
  private static final Json NOTIFIED = LeadExecution.json("{\"ok\":true}");

  private LeadExecution execution;
  private LeadExecution.Moved started;

  @Setup
  public void begin() {
    execution = new LeadExecution();
    started = execution.start();
  }

  /** The outcome of a step, and the command of the one after it. */
  @Benchmark
  public LeadExecution.Moved oneStep() {
    return execution.succeed(started, COMPANY);
  }

  /** From the event to the end: five inputs, four commands. */
  @Benchmark
  public LeadExecution.Moved wholeExecution() {
    LeadExecution.Moved enriched = execution.succeed(execution.start(), COMPANY);
    LeadExecution.Moved scored = execution.succeed(enriched, SCORE);
    LeadExecution.Moved routed = execution.succeed(scored, FIRST_BRANCH);
    return execution.succeed(routed, NOTIFIED);
  }
}
