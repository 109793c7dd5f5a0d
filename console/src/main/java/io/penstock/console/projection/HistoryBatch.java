package io.penstock.console.projection;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What is written in one transaction.
 *
 * @param entries in the order of their partitions
 * @param from by partition, the stored position that this batch continues
 * @param to by partition, the position that is stored with it
 */
record HistoryBatch(
    List<HistoryEntry> entries, Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {}
