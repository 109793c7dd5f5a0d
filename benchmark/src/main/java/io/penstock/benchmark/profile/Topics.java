package io.penstock.benchmark.profile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is being done in a stack, whoever does it: by the packages of its frames. */
final class Topics {
  private static final Map<String, List<String>> PACKAGES = new LinkedHashMap<>();

  static {
    PACKAGES.put("JSON", List.of("com.fasterxml.jackson.", "io.penstock.schema.json."));
    PACKAGES.put("message codec", List.of("io.penstock.schema.kafka."));
    PACKAGES.put("expressions (CEL)", List.of("dev.cel."));
    PACKAGES.put("RocksDB", List.of("org.rocksdb."));
    PACKAGES.put("Kafka Streams", List.of("org.apache.kafka.streams."));
    PACKAGES.put("Kafka's clients", List.of("org.apache.kafka.clients."));
    PACKAGES.put(
        "Kafka's protocol messages",
        List.of("org.apache.kafka.common.message.", "org.apache.kafka.common.protocol."));
    PACKAGES.put(
        "Kafka's share groups",
        List.of(
            "kafka.server.share.",
            "org.apache.kafka.server.share.",
            "org.apache.kafka.coordinator.share."));
    PACKAGES.put("Kafka's log", List.of("org.apache.kafka.storage.", "kafka.log."));
    PACKAGES.put(
        "sockets and files",
        List.of("sun.nio.ch.", "java.net.", "io.netty.channel.", "java.io.File"));
    PACKAGES.put("HTTP", List.of("io.vertx.", "io.netty.handler.codec.http."));
    PACKAGES.put("Quarkus REST", List.of("org.jboss.resteasy.", "io.quarkus."));
    PACKAGES.put("langchain4j", List.of("dev.langchain4j."));
    PACKAGES.put("PostgreSQL's driver", List.of("org.postgresql."));
    PACKAGES.put("OpenTelemetry", List.of("io.opentelemetry."));
    PACKAGES.put(
        "metrics",
        List.of("io.micrometer.", "org.apache.kafka.common.metrics.", "com.yammer.metrics."));
    PACKAGES.put(
        "compression and checksums",
        List.of("java.util.zip.", "org.apache.kafka.common.compress."));
    PACKAGES.put("logging", List.of("org.jboss.log", "org.slf4j."));
  }

  private Topics() {}

  static Set<String> of(List<String> frames) {
    return PACKAGES.entrySet().stream()
        .filter(topic -> frames.stream().anyMatch(frame -> isIn(topic.getValue(), frame)))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static boolean isIn(List<String> packages, String frame) {
    return packages.stream().anyMatch(frame::startsWith);
  }
}
