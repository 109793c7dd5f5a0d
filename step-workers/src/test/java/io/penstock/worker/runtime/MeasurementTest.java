package io.penstock.worker.runtime;

import io.penstock.schema.Topic;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.secret.Scrubber;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The figures of the ADR, not a test: {@code ./mvnw -pl step-workers test -Dtest=MeasurementTest
 * -Dpenstock.measure=true}, then read the test's output file.
 */
@EnabledIfSystemProperty(named = "penstock.measure", matches = "true")
class MeasurementTest {
  private static final int COMMANDS = 30_000;
  private static final int ROUNDS = 300;
  private static final int PARTITIONS = 4;

  @TempDir Path directory;
  private WorkerWorld world;

  @BeforeEach
  void start() throws Exception {
    world = WorkerWorld.start(directory, PARTITIONS);
    world.define(WorkerWorld.WORKFLOW);
  }

  @Test
  void share_group() throws Exception {
    try (WorkerWorld open = world;
        Workers workers = open.workers("warm", 128, FakeHandler.succeeding(StepKind.ROUTE))) {
      open.send(WorkerWorld.command(StepKind.ROUTE, "warm-up"));
      open.awaitOutcomes("warm-up", 1);
      for (int round = 1; round <= 3; round++) {
        int before = open.outcomeCount();
        long from = System.nanoTime();
        produce(open, "s" + round);
        awaitCount(open, before + COMMANDS);
        report("share group, 128 in flight, round " + round, from);
      }
      latency(open, "share group");
      long cpu = cpuNanos();
      Thread.sleep(5000);
      say("idle: %.1f %% of one core (broker included)".formatted((cpuNanos() - cpu) / 5e9 * 100));
    }
  }

  @Test
  void consumer_group() throws Exception {
    try (WorkerWorld open = world;
        WorkerDefinitions definitions =
            new WorkerDefinitions(
                open.bootstrapServers(), "classic", WorkerWorld::parse, Duration.ofSeconds(5));
        OutcomeProducer producer = new OutcomeProducer(open.bootstrapServers(), "classic");
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                Map.of(
                    "bootstrap.servers",
                    open.bootstrapServers(),
                    "group.id",
                    "classic",
                    "auto.offset.reset",
                    "earliest",
                    "enable.auto.commit",
                    false,
                    "max.poll.records",
                    128),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CommandWork work =
          new CommandWork(
              FakeHandler.succeeding(StepKind.ROUTE),
              definitions,
              producer,
              new OutcomeLimits(new Scrubber()),
              new CommandMemory(10_000, Long.MAX_VALUE, Duration.ofMinutes(10), System::nanoTime),
              WorkerWorld.MOST_PARTITIONS,
              Clock.systemUTC(),
              "classic",
              AttemptObserver.BLIND);
      consumer.subscribe(List.of(Topic.STEPS_ROUTE.topicName()));
      Thread loop =
          Thread.ofPlatform().daemon().unstarted(() -> classicLoop(consumer, threads, work));
      loop.start();
      open.send(WorkerWorld.command(StepKind.ROUTE, "warm-up"));
      open.awaitOutcomes("warm-up", 1);
      for (int round = 1; round <= 3; round++) {
        int before = open.outcomeCount();
        long from = System.nanoTime();
        produce(open, "c" + round);
        awaitCount(open, before + COMMANDS);
        report("consumer group, batches of 128, round " + round, from);
      }
      latency(open, "consumer group");
      loop.interrupt();
      loop.join();
    }
  }

  private static void classicLoop(
      KafkaConsumer<byte[], byte[]> consumer, ExecutorService threads, CommandWork work) {
    try {
      while (!Thread.interrupted()) {
        List<Future<?>> all = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          all.add(
              threads.submit(
                  () -> {
                    work.handle(record);
                    return null;
                  }));
        }
        for (Future<?> one : all) {
          one.get();
        }
        consumer.commitSync();
      }
    } catch (Exception e) {
      say("the classic loop ended: " + e);
    }
  }

  private static void produce(WorkerWorld world, String prefix) {
    for (int i = 0; i < COMMANDS; i++) {
      var unused =
          world
              .producer()
              .send(
                  MessageCodec.encode(WorkerWorld.command(StepKind.ROUTE, prefix + "-" + i))
                      .to(Topic.STEPS_ROUTE.topicName(), i % PARTITIONS));
    }
    world.producer().flush();
  }

  private static void awaitCount(WorkerWorld world, int count) {
    while (world.outcomeCount() < count) {
      Thread.onSpinWait();
    }
  }

  private static void latency(WorkerWorld world, String what) throws Exception {
    long[] micros = new long[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      int before = world.outcomeCount();
      long from = System.nanoTime();
      world.send(WorkerWorld.command(StepKind.ROUTE, what.replace(' ', '-') + "-" + i));
      awaitCount(world, before + 1);
      micros[i] = (System.nanoTime() - from) / 1000;
    }
    Arrays.sort(micros);
    say(
        "%s, one at a time, command to outcome read: p50 %.1f ms, p99 %.1f ms"
            .formatted(what, micros[ROUNDS / 2] / 1000.0, micros[ROUNDS * 99 / 100] / 1000.0));
  }

  private static void report(String what, long fromNanos) {
    say("%s: %.0f commands/s".formatted(what, COMMANDS / ((System.nanoTime() - fromNanos) / 1e9)));
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean)
            java.lang.management.ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static void say(String text) {
    System.out.println("FIGURE " + text);
  }
}
