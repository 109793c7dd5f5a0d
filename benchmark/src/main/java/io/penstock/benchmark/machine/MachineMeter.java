package io.penstock.benchmark.machine;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/** Reads CPU time and memory of processes around and during a measured time. */
public final class MachineMeter {
  /** Walking through the pages of a large process costs some milliseconds of CPU itself. */
  private static final Duration MEMORY_EVERY = Duration.ofSeconds(5);

  private final List<Watched> watched;
  private final OptionalLong jvm;

  public MachineMeter(List<Watched> watched) {
    this(watched, OptionalLong.empty());
  }

  /**
   * @param jvm one of the watched processes, whose threads are to be told apart
   */
  public MachineMeter(List<Watched> watched, OptionalLong jvm) {
    this.watched = List.copyOf(watched);
    this.jvm = jvm;
  }

  /**
   * Measures from one time to another of {@link System#nanoTime}, in a thread of its own.
   *
   * @return to be asked when the second time is past; closing it gives up
   */
  public Measurement between(long fromNanos, long toNanos) {
    return new Measurement(fromNanos, toNanos);
  }

  /** One in the making. */
  public final class Measurement implements AutoCloseable {
    private final long fromNanos;
    private final long toNanos;
    private final Thread thread;
    private Map<String, Double> peak = new LinkedHashMap<>();
    private MachineUse result;

    private Measurement(long fromNanos, long toNanos) {
      this.fromNanos = fromNanos;
      this.toNanos = toNanos;
      this.thread = Thread.ofPlatform().name("machine-meter").daemon().start(this::measure);
    }

    /** Waits until the measured time is over. */
    public MachineUse result() throws InterruptedException {
      thread.join();
      return result;
    }

    private void measure() {
      sleepUntil(fromNanos);
      CpuReading before = CpuReading.now(watched);
      ThreadTimes threadsBefore = threads();
      while (!watched.isEmpty() && toNanos - System.nanoTime() > MEMORY_EVERY.toNanos()) {
        sleepUntil(System.nanoTime() + MEMORY_EVERY.toNanos());
        memory();
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
      }
      sleepUntil(toNanos);
      CpuReading after = CpuReading.now(watched);
      ThreadTimes threadsAfter = threads();
      memory();
      // Asking costs a tenth of a second of CPU, so it is done when nothing is measured any more.
      Map<Long, String> names = jvm.isPresent() ? JvmThreads.names(jvm.getAsLong()) : Map.of();
      Map<String, Double> cpu = new LinkedHashMap<>();
      after
          .byName()
          .forEach(
              (name, seconds) -> cpu.put(name, seconds - before.byName().getOrDefault(name, 0.0)));
      result =
          new MachineUse(
              cpu,
              peak,
              after.own() - before.own(),
              after.busy() - before.busy(),
              threadsAfter.since(threadsBefore, names));
    }

    private ThreadTimes threads() {
      return jvm.isPresent() ? ThreadTimes.of(jvm.getAsLong()) : new ThreadTimes(Map.of());
    }

    private void memory() {
      Map<String, Double> now = new LinkedHashMap<>();
      Watched.find(watched).forEach((name, pids) -> now.put(name, MemoryUse.pssMib(pids)));
      if (sum(now) >= sum(peak)) {
        peak = now;
      }
    }

    private static double sum(Map<String, Double> values) {
      return values.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static void sleepUntil(long nanos) {
      long left = nanos - System.nanoTime();
      while (left > 0 && !Thread.currentThread().isInterrupted()) {
        LockSupport.parkNanos(left);
        left = nanos - System.nanoTime();
      }
    }

    @Override
    public void close() throws InterruptedException {
      thread.interrupt();
      thread.join();
    }
  }
}
