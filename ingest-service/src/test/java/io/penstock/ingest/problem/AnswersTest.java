package io.penstock.ingest.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private final Logger log = Logger.getLogger(Answers.class.getName());
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

  @Test
  void a_bug_is_logged_by_type_and_place_without_a_message_that_may_quote_a_payload() {
    Response answer =
        new Answers(new UnreadBody(null), RequestObserver.BLIND)
            .to(endedRequest(), AnswersTest::fail);

    assertThat(answer.getStatus()).isEqualTo(500);
    assertThat(logged).hasSize(1);
    assertThat(logged.getFirst().getThrown()).isNull();
    assertThat(new PatternFormatter("%m %X %e").format(logged.getFirst()))
        .contains("/webhooks/crm", "IllegalStateException", "NumberFormatException")
        .contains("AnswersTest.fail")
        .doesNotContain("canary");
  }

  private static Response fail() {
    try {
      throw new NumberFormatException("For input string: canary");
    } catch (NumberFormatException e) {
      throw new IllegalStateException("cannot read canary", e);
    }
  }

  private static HttpServerRequest endedRequest() {
    return (HttpServerRequest)
        Proxy.newProxyInstance(
            AnswersTest.class.getClassLoader(),
            new Class<?>[] {HttpServerRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "path" -> "/webhooks/crm";
                  case "isEnded" -> true;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
