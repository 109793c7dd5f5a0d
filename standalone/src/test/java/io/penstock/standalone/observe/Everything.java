package io.penstock.standalone.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** All that an installation has written down: topics, tables, logs. */
final class Everything {
  private Everything() {}

  /** Every record of every topic, Kafka's own included, committed or not. */
  static List<ConsumerRecord<byte[], byte[]>> records(String bootstrapServers) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (Admin admin = Admin.create(settings);
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      Set<String> topics =
          admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get();
      List<TopicPartition> partitions =
          admin.describeTopics(topics).allTopicNames().get().values().stream()
              .flatMap(
                  topic ->
                      topic.partitions().stream()
                          .map(one -> new TopicPartition(topic.name(), one.partition())))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  /** Key, value and headers of a record, one behind the other. */
  static byte[] bytes(ConsumerRecord<byte[], byte[]> record) {
    StringBuilder all = new StringBuilder();
    append(all, record.key());
    append(all, record.value());
    record
        .headers()
        .forEach(
            header -> {
              all.append('\n').append(header.key());
              append(all, header.value());
            });
    return all.toString().getBytes(UTF_8);
  }

  private static void append(StringBuilder all, byte[] part) {
    all.append('\n').append(part == null ? "" : new String(part, UTF_8));
  }

  /** Every row of every table, as text, by the name of the table. */
  static Map<String, List<String>> rows(String jdbcUrl) throws SQLException {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    try (Connection connection = DriverManager.getConnection(jdbcUrl, "postgres", "");
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet found =
          statement.executeQuery(
              """
              select format('%I.%I', schemaname, tablename) from pg_tables
              where schemaname not in ('pg_catalog', 'information_schema')""")) {
        while (found.next()) {
          tables.add(found.getString(1));
        }
      }
      for (String table : tables) {
        List<String> texts = new ArrayList<>();
        try (ResultSet found = statement.executeQuery("select t::text from " + table + " t")) {
          while (found.next()) {
            texts.add(found.getString(1));
          }
        }
        rows.put(table, texts);
      }
    }
    return rows;
  }

  /** Every log below a folder, by path. */
  static Map<Path, byte[]> logs(Path directory) throws IOException {
    Map<Path, byte[]> logs = new LinkedHashMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Everything::isTextLog).toList()) {
        logs.put(file, Files.readAllBytes(file));
      }
    }
    return logs;
  }

  /** Kafka's segments, RocksDB's and PostgreSQL's journals are called logs too and are data. */
  private static boolean isTextLog(Path file) {
    String name = file.getFileName().toString();
    boolean segment = name.matches("\\d+\\.log");
    return Files.isRegularFile(file)
        && !segment
        && (name.endsWith(".log") || name.contains(".log.") || name.equals("LOG"));
  }
}
