package io.penstock.benchmark.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnerTest {
  @ParameterizedTest
  @CsvSource({
    "console-projection, io.penstock.schema.Codec.read, projection",
    "virtual, io.penstock.worker.llm.Llm.call, workers",
    "virtual, io.penstock.ingest.webhook.WebhookReceiver.receive, ingest",
    "vert.x-eventloop-thread-0, io.vertx.core.http.impl.Http1xServerConnection.handle, ingest",
    "vert.x-eventloop-thread-0, io.vertx.core.http.impl.Http1xClientConnection.handle, workers",
    "vert.x-eventloop-thread-0, io.netty.channel.nio.NioEventLoop.run, ingest or workers",
    "main, java.lang.Object.wait, others"
  })
  void a_sample_is_taken_for(String thread, String frame, String owner) {
    assertThat(Owner.of(thread, List.of("java.lang.String.indexOf", frame))).isEqualTo(owner);
  }
}
