package io.penstock.worker.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.Topic;
import io.penstock.schema.definition.Action;
import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.json.Json;
import io.penstock.schema.kafka.Encoded;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.language.DefinitionReader;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepPath;
import io.penstock.schema.message.StepRequested;
import io.penstock.schema.secret.Scrubber;
import io.penstock.worker.route.RouteHandler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Commands of steps inside a foreach: their expressions read the items of the rounds around them
 * from the command's context. The definition is read from its form on the wire, as from the topic.
 */
class InsideForeachTest {
  private static final String WORKFLOW =
      """
      kind: Workflow
      name: orders
      version: 1.0.0
      steps:
        - id: orders
          foreach:
            items: input.orders
            as: order
            steps:
              - id: pick
                route:
                  - when: order.total > 10 && index == 3
                    steps:
                      - id: lines
                        foreach:
                          items: order.lines
                          as: line
                          steps:
                            - id: call
                              enrich:
                                api: crm
                                request:
                                  method: POST
                                  path: "/{{ order.id }}/{{ index }}"
                                  body: {order: "{{ order }}", line: "{{ line.id }}", round: "{{ index }}"}
      """;

  private final WorkerDefinitions definitions =
      new WorkerDefinitions("127.0.0.1:1", "unit", WorkerWorld::parse, Duration.ZERO);
  private final MockProducer<byte[], byte[]> kafka =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

  @BeforeEach
  void define() throws Exception {
    Json written =
        DefinitionReader.read("test.yaml", WORKFLOW.getBytes(UTF_8))
            .definitions()
            .getFirst()
            .json();
    definitions.index().put(DefinitionReader.fromJson(written.utf8()));
  }

  @AfterEach
  void close() {
    definitions.close();
  }

  @Test
  void a_route_looks_at_the_item_and_the_number_of_its_round() throws Exception {
    assertThat(
            outcome(new RouteHandler(), "orders/3/pick", "{\"order\":{\"total\":11},\"index\":3}"))
        .isEqualTo(new StepOutcome.Succeeded(Json.of(Map.of("branch", 0L))));
  }

  @Test
  void a_request_is_made_of_the_items_of_all_rounds_around_it() throws Exception {
    FakeHandler renders = new FakeHandler(StepKind.ENRICH, InsideForeachTest::rendered);

    StepOutcome.Result result =
        outcome(
            renders,
            "orders/3/pick/0/lines/17/call",
            "{\"order\":{\"id\":7},\"line\":{\"id\":\"a\"},\"index\":17}");

    assertThat(result).isInstanceOf(StepOutcome.Succeeded.class);
    assertThat(((StepOutcome.Succeeded) result).output())
        .hasToString("[\"/7/17\",{\"order\":{\"id\":7},\"line\":\"a\",\"round\":17}]");
  }

  @Test
  void no_worker_does_a_foreach_itself() throws Exception {
    StepOutcome.Result result =
        outcome(FakeHandler.succeeding(StepKind.ENRICH), "orders/3/pick/0/lines", "{}");

    assertThat(((StepOutcome.Failed) result).error().type()).isEqualTo(ErrorType.CONFIGURATION);
    assertThat(((StepOutcome.Failed) result).error().message())
        .endsWith("has no enrich step at 'orders/3/pick/0/lines'");
  }

  private static AttemptResult rendered(Attempt attempt) {
    Action.HttpRequest request = ((Action.Enrich) attempt.action()).request();
    try {
      return AttemptResult.succeeded(
          Json.of(
              List.of(
                  request.path().render(attempt.variables()),
                  request.body().orElseThrow().render(attempt.variables()))));
    } catch (ExpressionException e) {
      throw new AssertionError(e);
    }
  }

  private StepOutcome.Result outcome(StepHandler handler, String path, String context)
      throws Exception {
    CommandWork work =
        new CommandWork(
            handler,
            definitions,
            new OutcomeProducer(kafka),
            new OutcomeLimits(new Scrubber()),
            new CommandMemory(10, 10_000, Duration.ofMinutes(1), System::nanoTime),
            1,
            Clock.systemUTC(),
            "unit",
            AttemptObserver.BLIND);
    work.handle(record(handler.kind(), path, context));
    ProducerRecord<byte[], byte[]> answer = kafka.history().getFirst();
    return ((StepOutcome) MessageCodec.decodeInput(answer.headers(), answer.value())).result();
  }

  private static ConsumerRecord<byte[], byte[]> record(StepKind kind, String path, String context)
      throws Exception {
    Encoded command =
        MessageCodec.encode(
            new StepRequested(
                new CommandId(new ExecutionId("orders~abc"), new StepPath(path), 1, 1, 1),
                kind,
                "orders",
                "1.0.0",
                0,
                Optional.empty(),
                Json.parse(context.getBytes(UTF_8)),
                Instant.EPOCH,
                Optional.empty()));
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(Topic.stepsOf(kind).topicName(), 0, 0, command.key(), command.value());
    command.headers().forEach(record.headers()::add);
    return record;
  }
}
