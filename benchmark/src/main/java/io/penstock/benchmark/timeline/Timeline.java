package io.penstock.benchmark.timeline;

import io.penstock.benchmark.load.WorldClient;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** Follows each lead of a load from outside: load generator, Kafka, stub world. */
public final class Timeline implements AutoCloseable {
  private final RecordWatch watch;
  private final WallClock clock = WallClock.now();

  private Timeline(RecordWatch watch) {
    this.watch = watch;
  }

  /** To be called before the first webhook. */
  public static Timeline begin(String bootstrapServers) throws InterruptedException {
    return new Timeline(RecordWatch.begin(bootstrapServers));
  }

  /**
   * Where the time went, when the load is over.
   *
   * @param dueNanos when the webhook of each lead that counts was due
   */
  public Legs end(URI world, String prefix, Map<String, Long> dueNanos)
      throws IOException, InterruptedException {
    Passages passages = watch.end();
    dueNanos.forEach((lead, due) -> passages.passed(lead, Moment.DUE, clock.ofNanos(due)));
    try (WorldClient client = new WorldClient(world)) {
      for (WorldClient.Calls calls : client.calls(prefix)) {
        passed(passages, calls.id(), Moment.ENRICH_ARRIVAL, calls.enrich().arrivedNanos());
        passed(passages, calls.id(), Moment.ENRICH_ANSWER, calls.enrich().answeredNanos());
        passed(passages, calls.id(), Moment.LLM_ARRIVAL, calls.chat().arrivedNanos());
        passed(passages, calls.id(), Moment.LLM_ANSWER, calls.chat().answeredNanos());
        passed(passages, calls.id(), Moment.NOTIFY_ARRIVAL, calls.notification().arrivedNanos());
        passed(passages, calls.id(), Moment.NOTIFY_ANSWER, calls.notification().answeredNanos());
      }
    }
    return Legs.of(passages.complete());
  }

  private void passed(Passages passages, String lead, Moment moment, long nanos) {
    if (nanos != WorldClient.NEVER) {
      passages.passed(lead, moment, clock.ofNanos(nanos));
    }
  }

  @Override
  public void close() throws InterruptedException {
    watch.close();
  }
}
