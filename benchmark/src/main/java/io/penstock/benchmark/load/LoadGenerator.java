package io.penstock.benchmark.load;

import io.penstock.benchmark.machine.MachineMeter;
import io.penstock.benchmark.machine.MachineUse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Carries out a {@link LoadPlan} and counts. */
public final class LoadGenerator {
  private static final Duration ASK_IN_A_CLOSED_LOOP = Duration.ofMillis(20);
  private static final Duration ASK_ELSE = Duration.ofMillis(100);

  private final LoadPlan plan;
  private final MachineMeter meter;
  private final Consumer<String> progress;

  /**
   * @param meter of the processes whose CPU and memory count during the measured time
   * @param progress told about once a second, for people
   */
  public LoadGenerator(LoadPlan plan, MachineMeter meter, Consumer<String> progress) {
    this.plan = plan;
    this.meter = meter;
    this.progress = progress;
  }

  /**
   * Sends everything, waits for the ends and returns what was seen.
   *
   * @throws IOException if the stub world does not answer
   */
  public LoadResult run() throws IOException, InterruptedException {
    Sends sends = new Sends();
    try (WorldClient world = new WorldClient(plan.world());
        Connections connections = new Connections(address(plan.webhook()), plan.connections())) {
      world.completed(plan.prefix()); // fails here when there is no world
      Leads leads = new Leads(plan.prefix(), plan.body(), plan.duplicates());
      WebhookRequest request = new WebhookRequest(plan.webhook(), plan.secret());
      long begin = System.nanoTime();
      long end = begin + plan.total().toNanos();
      Measured measured = new Measured(begin + plan.warmUp().toNanos(), end, new Latencies());
      Sender sender = new Sender(connections, request, sends, measured);
      MachineUse use;
      long lastSend;
      try (Progress shown = new Progress(sends, begin, progress);
          MachineMeter.Measurement machine =
              meter.between(measured.fromNanos(), measured.toNanos())) {
        switch (plan.pace()) {
          case LoadPlan.OpenLoop open -> {
            try (Completions completions = completions(world, ASK_ELSE, shown, any -> {})) {
              OpenLoop.run(new Schedule(begin, open.perSecond()), end, leads, sender);
              lastSend = System.nanoTime();
              drain(completions, sends);
            }
          }
          case LoadPlan.ClosedLoop closed -> {
            ClosedLoop loop = new ClosedLoop(closed.window(), end, leads, sender);
            try (Completions completions =
                completions(world, ASK_IN_A_CLOSED_LOOP, shown, loop::ended)) {
              loop.run(plan.connections());
              lastSend = System.nanoTime();
              drain(completions, sends);
            }
          }
        }
        use = machine.result();
      }
      Thread.sleep(plan.settle());
      return LoadResult.of(
          plan,
          sends,
          measured,
          lastSend,
          world.events(plan.prefix()),
          world.misrouted(plan.prefix()),
          use);
    }
  }

  private Completions completions(
      WorldClient world, Duration interval, Progress shown, IntConsumer more) {
    return new Completions(
        world,
        plan.prefix(),
        interval,
        fresh -> {
          shown.completed(fresh);
          more.accept(fresh);
        });
  }

  /** Waits until nothing is missing, or no longer than the plan says. */
  private void drain(Completions completions, Sends sends) throws InterruptedException {
    long expected = sends.leads(Sends.Fate.ACCEPTED);
    long end = System.nanoTime() + plan.drain().toNanos();
    while (completions.seen() < expected && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private static InetSocketAddress address(URI url) {
    if (!"http".equals(url.getScheme()) || url.getHost() == null) {
      throw new IllegalArgumentException(
          "'%s' is no address of the form http://host:port/path".formatted(url));
    }
    return new InetSocketAddress(url.getHost(), url.getPort() < 0 ? 80 : url.getPort());
  }
}
