package io.penstock.worker.runtime;

import java.util.Collection;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.internals.ShareFetch;
import org.apache.kafka.clients.consumer.internals.SubscriptionState;
import org.apache.kafka.clients.consumer.internals.events.ApplicationEventHandler;
import org.apache.kafka.clients.consumer.internals.events.ShareFetchEvent;
import org.apache.kafka.common.TopicPartition;

/**
 * Partitions that this member had, and that went to another one while their records were still
 * worked on here: a worker came, or one went.
 *
 * <p>The locks of these records are ours as before, and the broker takes their end from us. The
 * client (kafka-clients 4.3.1) does not send it: what is committed of a partition that is no longer
 * in its session is answered NOT_LEADER_OR_FOLLOWER by the client itself ({@code
 * ShareConsumeRequestManager.commitAsync} and {@code commitSync}), and the record is handed out
 * again when its lock ends. With a fetch it does send it, so that is the way taken here.
 */
final class MovedPartitions {
  private final SubscriptionState subscriptions;
  private final ApplicationEventHandler events;

  /**
   * @param delegate the client's own implementation
   * @throws IllegalStateException if it is not as we know it
   */
  MovedPartitions(Object delegate) {
    subscriptions =
        new ClientField<>(delegate, delegate.getClass(), "subscriptions", SubscriptionState.class)
            .get();
    events =
        new ClientField<>(
                delegate,
                delegate.getClass(),
                "applicationEventHandler",
                ApplicationEventHandler.class)
            .get();
  }

  boolean haveAny(Collection<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream()
        .anyMatch(
            record ->
                !subscriptions.isAssigned(new TopicPartition(record.topic(), record.partition())));
  }

  /** Sends whatever is acknowledged in it, also of partitions that have not moved. */
  void acknowledge(ShareFetch<byte[], byte[]> fetch) {
    events.add(new ShareFetchEvent(fetch.takeAcknowledgedRecords()));
    events.wakeupNetworkThread();
  }
}
