package io.penstock.soak.watch;

import io.penstock.schema.ConsumerGroup;
import io.penstock.schema.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How many records of the input log the orchestrators have not decided on and committed. */
final class InputLag implements AutoCloseable {
  private static final long ANSWER_WITHIN_MILLIS = 2_000;

  private final Admin admin;

  InputLag(String bootstrapServers) {
    admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) ANSWER_WITHIN_MILLIS,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) ANSWER_WITHIN_MILLIS));
  }

  /** Empty while the broker does not answer. */
  OptionalLong now() throws InterruptedException {
    try {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin
              .listConsumerGroupOffsets(ConsumerGroup.ORCHESTRATOR)
              .partitionsToOffsetAndMetadata()
              .get(ANSWER_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
      Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
      committed.forEach(
          (partition, offset) -> {
            if (offset != null && partition.topic().equals(Topic.INPUTS.topicName())) {
              ends.put(partition, OffsetSpec.latest());
            }
          });
      long lag = 0;
      for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end :
          admin
              .listOffsets(ends)
              .all()
              .get(ANSWER_WITHIN_MILLIS, TimeUnit.MILLISECONDS)
              .entrySet()) {
        lag += end.getValue().offset() - committed.get(end.getKey()).offset();
      }
      return OptionalLong.of(lag);
    } catch (ExecutionException | TimeoutException e) {
      return OptionalLong.empty();
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
