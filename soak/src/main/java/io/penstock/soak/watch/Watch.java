package io.penstock.soak.watch;

import io.penstock.soak.installation.Installation;
import io.penstock.soak.installation.Member;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Reads all figures again and again, in a thread of its own. */
public final class Watch implements AutoCloseable {
  private final Installation installation;
  private final Path data;
  private final LongSupplier open;
  private final Duration every;
  private final Consumer<Reading> told;
  private final InputLag lag;
  private final List<Reading> readings = new ArrayList<>();
  private final long begun = System.nanoTime();
  private final Thread thread;

  /**
   * Starts to read.
   *
   * @param data folder of the installation
   * @param open events under way
   * @param told gets every reading, in the watch's thread
   */
  public Watch(
      Installation installation,
      Path data,
      LongSupplier open,
      Duration every,
      Consumer<Reading> told) {
    this.installation = installation;
    this.data = data;
    this.open = open;
    this.every = every;
    this.told = told;
    this.lag = new InputLag("127.0.0.1:" + installation.addresses().port(Member.BROKER));
    this.thread = Thread.ofPlatform().name("watch").daemon().start(this::read);
  }

  private void read() {
    try {
      while (true) {
        Thread.sleep(every);
        Reading reading = now();
        synchronized (readings) {
          readings.add(reading);
        }
        told.accept(reading);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private Reading now() throws InterruptedException {
    Map<Member, ProcessFigures> processes = new EnumMap<>(Member.class);
    Map<Member, Long> disk = new EnumMap<>(Member.class);
    for (Member member : Member.values()) {
      processes.put(member, ProcessFigures.of(installation.processes(member)));
      long bytes = DiskUse.of(data.resolve(member.title()));
      if (bytes > 0) {
        disk.put(member, bytes);
      }
    }
    return new Reading(
        Duration.ofNanos(System.nanoTime() - begun), processes, disk, open.getAsLong(), lag.now());
  }

  public List<Reading> readings() {
    synchronized (readings) {
      return List.copyOf(readings);
    }
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
    lag.close();
  }
}
