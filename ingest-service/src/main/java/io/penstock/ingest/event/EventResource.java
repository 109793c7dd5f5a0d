package io.penstock.ingest.event;

import io.penstock.ingest.accept.EventIntake;
import io.penstock.ingest.problem.Answers;
import io.penstock.ingest.request.BodyReader;
import io.penstock.ingest.request.LocalAccess;
import io.penstock.ingest.request.RequestReader;
import io.penstock.ingest.start.IngestConfig;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;

/**
 * {@code POST /events}: one CloudEvent 1.0, structured or binary; answered as a webhook is.
 *
 * <p>There is no authentication here yet: whoever may call it may start any workflow. So it is open
 * to this machine only, unless {@link IngestConfig#openToNetwork()} says otherwise.
 */
@Path("/events")
public class EventResource {
  private final IngestConfig config;
  private final LocalAccess access;
  private final BodyReader bodies;
  private final EventIntake intake;
  private final Answers answers;

  EventResource(
      IngestConfig config,
      LocalAccess access,
      BodyReader bodies,
      EventIntake intake,
      Answers answers) {
    this.config = config;
    this.access = access;
    this.bodies = bodies;
    this.intake = intake;
    this.answers = answers;
  }

  @POST
  @RunOnVirtualThread
  public Response receive(InputStream stream, @Context HttpServerRequest request) {
    return answers.to(
        request,
        () -> {
          access.require(request);
          try (BodyReader.Body body =
              bodies.read(
                  stream,
                  RequestReader.contentLength(request),
                  config.maxBodySize().asLongValue())) {
            IncomingEvent event = CloudEventReader.read(RequestReader.read(request, body.bytes()));
            return answers.json(202, intake.accept(List.of(event)));
          }
        });
  }
}
