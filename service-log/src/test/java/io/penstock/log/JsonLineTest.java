package io.penstock.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a line looks like that our code logs in the way it always does. */
class JsonLineTest {
  private final Listener below = new Listener();
  private final ExtHandler above =
      new ExtHandler() {
        @Override
        protected void doPublish(ExtLogRecord record) {
          below.publish(record);
        }
      };

  /** Where lines end up, below a handler that only passes on: as in a running service. */
  private static final class Listener extends ExtHandler {
    private final List<String> lines = new ArrayList<>();

    @Override
    protected void doPublish(ExtLogRecord record) {
      lines.add(getFormatter().format(record));
    }
  }

  @BeforeEach
  void listen() {
    above.addHandler(below);
    LogContext.getLogContext().getLogger("").addHandler(above);
  }

  @AfterEach
  void listenNoMore() {
    LogContext.getLogContext().getLogger("").removeHandler(above);
  }

  @Test
  void ids_and_places_are_members_and_free_text_stays_in_the_message() throws Exception {
    Map<Object, Object> line =
        json(
            log ->
                log.atWarn()
                    .addKeyValue("executionId", "lead~7g")
                    .addKeyValue("partition", 3)
                    .addKeyValue("offset", 12L)
                    .addKeyValue("reason", "it said step=other and ended")
                    .log("a command comes again"));
    assertThat(line)
        .containsEntry("level", "WARN")
        .containsEntry("logger", "io.penstock.example")
        .containsEntry("executionId", "lead~7g")
        .containsEntry("partition", "3")
        .containsEntry("offset", "12")
        .containsEntry("message", "reason=it said step=other and ended a command comes again")
        .doesNotContainKey("step");
    assertThat(line.get("timestamp").toString()).endsWith("Z");
  }

  @Test
  void a_message_with_line_breaks_and_an_exception_is_one_line() throws Exception {
    Map<Object, Object> line =
        json(log -> log.error("two\nlines \"quoted\"", new IllegalStateException("cause")));
    assertThat(line).containsEntry("message", "two\nlines \"quoted\"");
    assertThat(line.get("stackTrace").toString())
        .contains("IllegalStateException: cause", "JsonLineTest");
    assertThat(below.lines.getFirst().strip()).doesNotContain("\n");
  }

  @Test
  void others_messages_are_left_as_they_are() throws Exception {
    LogFormat.writeJson(above);
    LoggerFactory.getLogger("com.example").warn("step=a message of somebody else");
    assertThat(read(below.lines.getFirst()))
        .containsEntry("message", "step=a message of somebody else")
        .doesNotContainKey("step");
  }

  @Test
  void the_text_form_has_the_same_values() {
    below.setFormatter(new PatternFormatter("%p %s%n"));
    LoggerFactory.getLogger("io.penstock.example")
        .atWarn()
        .addKeyValue("executionId", "lead~7g")
        .addKeyValue("offset", 12L)
        .log("a command comes again");
    assertThat(below.lines)
        .containsExactly(
            "WARN executionId=lead~7g offset=12 a command comes again" + System.lineSeparator());
  }

  private Map<Object, Object> json(Consumer<Logger> saying) throws Exception {
    LogFormat.writeJson(above);
    saying.accept(LoggerFactory.getLogger("io.penstock.example"));
    assertThat(below.lines).hasSize(1);
    return read(below.lines.getFirst());
  }

  private static Map<Object, Object> read(String line) throws Exception {
    return new HashMap<>((Map<?, ?>) Json.parse(line.getBytes(UTF_8)).value());
  }
}
