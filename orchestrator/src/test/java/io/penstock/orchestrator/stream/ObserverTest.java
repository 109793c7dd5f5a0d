package io.penstock.orchestrator.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.Topic;
import io.penstock.schema.kafka.DeadLetter;
import io.penstock.schema.kafka.Encoded;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.StepKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is counted hinders nothing, and is counted once. */
class ObserverTest {
  private static final String PAYLOAD = "somebody@example.com";

  private static final String CALL =
      """
      kind: Workflow
      name: call
      version: 1.0.0
      on: [{source: crm, type: contact.created}]
      steps:
        - id: first
          enrich: {api: apollo, request: {method: GET, path: /x}}
      """;

  @TempDir Path directory;
  private final Logger log = Logger.getLogger(HarmlessObserver.class.getName());
  private final List<ExtLogRecord> logged = new ArrayList<>();

  private final ExtHandler handler =
      new ExtHandler() {
        @Override
        protected void doPublish(ExtLogRecord record) {
          logged.add(record);
        }
      };

  @BeforeEach
  void listen() {
    log.addHandler(handler);
  }

  @AfterEach
  void listenNoMore() {
    log.removeHandler(handler);
  }

  /** Fails at whatever it is told. */
  private static class Failing implements StreamObserver {
    int failures;

    @Override
    public void decided(HistoryRecord transition) {
      throw new IllegalStateException("a bug about " + PAYLOAD);
    }

    @Override
    public void deadLettered(Topic original, String reason) {
      throw new NoClassDefFoundError("a bug");
    }

    @Override
    public void timersDue(int partition, int atLeast, Duration latest) {
      throw new IllegalArgumentException("a bug");
    }

    @Override
    public void failed() {
      failures++;
    }
  }

  @Test
  void an_observer_that_fails_hinders_no_execution_and_each_failure_is_counted() {
    Failing failing = new Failing();
    int ticks;
    try (TopologyHarness topology = new TopologyHarness(directory, 0, failing)) {
      play(topology);
      topology.raw(null, "broken".getBytes(UTF_8), new RecordHeaders());
      topology.pass(Duration.ofMillis(50));
      ticks = 1;

      assertThat(topology.facts()).anyMatch(Fact.ExecutionCompleted.class::isInstance);
      assertThat(topology.deadLetters(Topic.INPUTS)).hasSize(1);
    }
    assertThat(failing.failures).isEqualTo(2 + 1 + ticks + 1); // and the partition is given up
  }

  @Test
  void an_observer_that_cannot_even_count_its_failures_hinders_nothing() {
    Failing failing =
        new Failing() {
          @Override
          public void failed() {
            throw new IllegalStateException("a bug, too");
          }
        };
    try (TopologyHarness topology = new TopologyHarness(directory, 0, failing)) {
      play(topology);

      assertThat(topology.facts()).anyMatch(Fact.ExecutionCompleted.class::isInstance);
    }
  }

  @Test
  void failures_are_logged_once_a_minute_without_what_they_quote() {
    AtomicLong nanos = // about to run over, as System.nanoTime() may
        new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(30).toNanos());
    HarmlessObserver harmless = new HarmlessObserver(new Failing(), nanos::get);
    for (int second = 0; second < 120; second++) {
      harmless.decided(null);
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    }

    assertThat(logged).hasSize(2);
    assertThat(new PatternFormatter("%s%e").format(logged.getLast()))
        .contains("61")
        .contains("IllegalStateException")
        .doesNotContain(PAYLOAD);
  }

  @Test
  void what_an_aborted_transaction_decided_is_told_once() {
    List<String> told = new ArrayList<>();
    ObservedOffsets observed =
        new ObservedOffsets(
            new Failing() {
              @Override
              public void deadLettered(Topic original, String reason) {
                told.add(original.topicName());
              }
            });
    for (int offset : new int[] {3, 4, 3, 4, 5}) { // aborted after 4, and decided again
      tell(observed, new Place(0, offset, Instant.EPOCH));
    }
    assertThat(told).as("3, 4 and 5").hasSize(3);

    tell(observed, new Place(1, 3, Instant.EPOCH));
    assertThat(told).as("of another partition").hasSize(4);
  }

  @Test
  void a_stream_thread_that_replaces_another_tells_nothing_twice() {
    List<HistoryRecord> decided = new ArrayList<>();
    List<String> deadLettered = new ArrayList<>();
    Topology topology =
        OrchestratorTopology.build(
            (name, version) -> Optional.empty(),
            partition -> 0,
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()),
            1,
            Duration.ofSeconds(5),
            new Failing() {
              @Override
              public void decided(HistoryRecord transition) {
                decided.add(transition);
              }

              @Override
              public void deadLettered(Topic original, String reason) {
                deadLettered.add(reason);
              }
            });
    Encoded control =
        MessageCodec.encode(
            new Control(
                "c1",
                new ExecutionId("w~1"),
                Control.Verb.CANCEL,
                "ann",
                "because",
                Optional.empty()),
            "/test");
    for (String thread : List.of("first", "second")) { // neither commits
      Properties properties = new Properties();
      properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
      properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
      properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.resolve(thread).toString());
      try (TopologyTestDriver driver = new TopologyTestDriver(topology, properties)) {
        TestInputTopic<byte[], byte[]> inputs =
            driver.createInputTopic(
                Topic.INPUTS.topicName(), new ByteArraySerializer(), new ByteArraySerializer());
        inputs.pipeInput(new TestRecord<>(control.key(), control.value(), control.headers()));
        inputs.pipeInput(new TestRecord<>(null, "broken".getBytes(UTF_8)));
      }
    }
    assertThat(decided).hasSize(1);
    assertThat(deadLettered).hasSize(1);
  }

  /** One record may lead to several things. */
  private static void tell(ObservedOffsets observed, Place place) {
    observed.of(place).deadLettered(Topic.INPUTS, DeadLetter.INTERNAL);
    observed.passed(place);
  }

  private static void play(TopologyHarness topology) {
    topology.define(CALL);
    topology.event("e1", "call", "1.0.0", "{}");
    topology.succeeds(topology.commands(StepKind.ENRICH).getFirst().id(), "{}");
  }
}
