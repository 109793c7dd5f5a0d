package io.penstock.ingest.webhook;

import io.penstock.ingest.problem.Answers;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/**
 * {@code POST /webhooks/{source}}: 202 once Kafka has the events, else a problem.
 *
 * @see WebhookReceiver
 */
@Path("/webhooks")
public class WebhookResource {
  private final WebhookReceiver receiver;
  private final Answers answers;

  WebhookResource(WebhookReceiver receiver, Answers answers) {
    this.receiver = receiver;
    this.answers = answers;
  }

  @POST
  @Path("{source}")
  @RunOnVirtualThread
  public Response receive(
      @PathParam("source") String source, InputStream body, @Context HttpServerRequest request) {
    return answers.to(request, () -> answers.json(202, receiver.receive(source, request, body)));
  }
}
