package io.penstock.benchmark.growth;

import io.penstock.benchmark.load.LoadResult;
import io.penstock.benchmark.testbed.LoadUnderWay;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** History: leads that have run and ended, made as they are measured. */
final class EndedExecutions implements Growing {
  private static final Duration AT_A_TIME = Duration.ofSeconds(20);

  private final LoadUnderWay load;
  private final Consumer<String> progress;
  private long ended;

  EndedExecutions(LoadUnderWay load, Consumer<String> progress) {
    this.load = load;
    this.progress = progress;
  }

  @Override
  public String name() {
    return "history";
  }

  @Override
  public String unit() {
    return "ended executions";
  }

  @Override
  public void growTo(long level) throws IOException, InterruptedException {
    while (ended < level) {
      LoadResult result = load.run(Optional.empty(), Duration.ZERO, AT_A_TIME);
      if (!result.isClean() || result.completed() == 0) {
        throw new IOException("history cannot grow: " + result.asMap());
      }
      ended += result.completed();
      progress.accept("%d ended".formatted(ended));
    }
  }
}
