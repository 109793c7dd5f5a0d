package io.penstock.benchmark.micro;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.kafka.Encoded;
import java.io.InputStream;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** That they still can be measured; how fast they are is no matter of tests. */
class EveryBenchmarkTest {
  @Test
  void each_of_them_can_be_called() throws Exception {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("io\\.penstock\\.benchmark\\.micro\\..*")
                    .forks(0)
                    .mode(Mode.SingleShotTime)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .verbosity(VerboseMode.SILENT)
                    .shouldFailOnError(true)
                    .build())
            .run();

    assertThat(results)
        .extracting(result -> result.getPrimaryResult().getLabel())
        .contains(
            "oneStep",
            "wholeExecution",
            "decode",
            "encode",
            "compile",
            "evaluateCondition",
            "renderTemplate");
  }

  @Test
  void the_core_is_measured_on_an_execution_that_ends() {
    CoreBenchmark core = new CoreBenchmark();
    core.begin();

    assertThat(core.oneStep().command().id().path().value()).isEqualTo("score");
    assertThat(core.wholeExecution().facts().toString()).contains("ExecutionCompleted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-accepted", "outcome-succeeded", "step-requested", "history"})
  void the_codec_is_measured_on_what_goes_over_the_wire(String name) throws Exception {
    GoldenSample golden = GoldenSample.read(name);

    Encoded encoded = GoldenSample.encode(golden.decode());

    assertThat(new String(encoded.value(), UTF_8)).isEqualTo(new String(golden.value(), UTF_8));
    try (InputStream list = getClass().getResourceAsStream("/META-INF/BenchmarkList")) {
      assertThat(list).as("written by JMH's annotation processor").isNotNull();
    }
  }
}
