package io.penstock.benchmark.micro;

import io.penstock.schema.kafka.Encoded;
import io.penstock.schema.kafka.UnreadableRecordException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Each message from and to the bytes of its golden sample. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CodecBenchmark {
  @Param({
    "event-accepted",
    "outcome-succeeded",
    "outcome-failed",
    "outcome-deferred",
    "timer-due",
    "control-cancel",
    "step-requested",
    "history"
  })
  public String sample;

  private GoldenSample golden;
  private Object message;

  @Setup
  public void read() throws UnreadableRecordException {
    golden = GoldenSample.read(sample);
    message = golden.decode();
  }

  @Benchmark
  public Object decode() throws UnreadableRecordException {
    return golden.decode();
  }

  @Benchmark
  public Encoded encode() {
    return GoldenSample.encode(message);
  }
}
