package io.penstock.embedded;

import java.time.Duration;
import java.util.function.Supplier;

/** Prints what a start costs, for whoever reads the test output; nothing is asserted on it. */
final class StartTimes {

  private StartTimes() {}

  static <T> T of(String what, Supplier<T> start) {
    long begin = System.nanoTime();
    T started = start.get();
    long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
    Runtime runtime = Runtime.getRuntime();
    long megabytes = (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    System.out.println(what + ": started in " + millis + " ms, heap used " + megabytes + " MiB");
    return started;
  }
}
