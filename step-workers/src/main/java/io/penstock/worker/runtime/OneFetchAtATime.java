package io.penstock.worker.runtime;

import java.util.Queue;
import org.apache.kafka.clients.consumer.internals.ShareCompletedFetch;
import org.apache.kafka.clients.consumer.internals.ShareFetch;
import org.apache.kafka.clients.consumer.internals.ShareFetchBuffer;
import org.apache.kafka.clients.consumer.internals.ShareFetchCollector;
import org.apache.kafka.common.utils.LogContext;

/**
 * Makes of each answer to a fetch a {@link ShareFetch} of its own.
 *
 * <p>The client's collector puts together what has arrived. Where two answers are of one partition
 * it keeps the records of both, but of the acknowledgements only those of the first (kafka-clients
 * 4.3.1, {@code ShareInFlightBatch.merge}; KAFKA-21106, mended in later versions: this class can go
 * with them). The acknowledgements that it drops are those for offsets without a record: the end
 * markers of transactions, one for each commit of an orchestrator. The broker then waits for them
 * until their lock ends, after 30 s, and once enough records are locked or done behind them it
 * hands out no more. Two answers meet when a fetch is answered in the moment in which the next one
 * is asked for, on a machine that is busy enough.
 *
 * <p>Used by the thread that polls.
 */
final class OneFetchAtATime<K, V> extends ShareFetchCollector<K, V> {
  private final ShareFetchCollector<K, V> collector;
  private final ShareFetchBuffer single = new ShareFetchBuffer(new LogContext());
  private final Queue<ShareCompletedFetch> next = waiting(single);
  private final ClientField<ShareCompletedFetch> begun =
      new ClientField<>(
          single, ShareFetchBuffer.class, "nextInLineFetch", ShareCompletedFetch.class);

  /** Of the client's buffer, which is always the same one; looked up with its first poll. */
  private Queue<ShareCompletedFetch> answers;

  /**
   * @param collector the client's, which does the work
   */
  OneFetchAtATime(ShareFetchCollector<K, V> collector) {
    super(new LogContext(), null, null, null, null);
    this.collector = collector;
  }

  @Override
  public ShareFetch<K, V> collect(ShareFetchBuffer arrived) {
    if (answers == null) {
      answers = waiting(arrived);
    }
    ShareCompletedFetch unfinished = begun.get();
    if (unfinished == null || unfinished.isConsumed()) {
      // The next answer waits for the next poll.
      ShareCompletedFetch answer = answers.poll();
      if (answer != null) {
        next.add(answer);
      }
    }
    return collector.collect(single);
  }

  /** Concurrent: the client's own thread adds what arrives. */
  @SuppressWarnings("unchecked") // the client's own type parameter
  static Queue<ShareCompletedFetch> waiting(ShareFetchBuffer buffer) {
    return new ClientField<>(buffer, ShareFetchBuffer.class, "completedFetches", Queue.class).get();
  }
}
