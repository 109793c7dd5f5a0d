package io.penstock.ingest.control;

import io.penstock.ingest.definition.KnownDefinitions;
import io.penstock.ingest.problem.Answers;
import io.penstock.ingest.problem.RejectedException;
import io.penstock.ingest.publish.InputPublisher;
import io.penstock.ingest.request.BodyReader;
import io.penstock.ingest.request.LocalAccess;
import io.penstock.ingest.request.RequestReader;
import io.penstock.ingest.request.StrictJson;
import io.penstock.ingest.start.IngestConfig;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.Control;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What operators wish.
 *
 * <ul>
 *   <li>{@code POST /controls}: cancel, pause, resume, replay; 202 says that Kafka has the wishes.
 *       Whether one applies, the orchestrator decides, and history tells.
 *   <li>{@code POST /controls/records}: records that nobody could read, back to their topics.
 * </ul>
 *
 * <p>There is no authentication here yet, so it is open to this machine only, unless {@link
 * IngestConfig#openToNetwork()} says otherwise.
 */
@Path("/controls")
public class ControlResource {
  private final IngestConfig config;
  private final LocalAccess access;
  private final BodyReader bodies;
  private final KnownDefinitions known;
  private final InputPublisher publisher;
  private final Answers answers;

  ControlResource(
      IngestConfig config,
      LocalAccess access,
      BodyReader bodies,
      KnownDefinitions known,
      InputPublisher publisher,
      Answers answers) {
    this.config = config;
    this.access = access;
    this.bodies = bodies;
    this.known = known;
    this.publisher = publisher;
    this.answers = answers;
  }

  /** Sends what a body says, and tells how many there were. */
  @FunctionalInterface
  private interface Sending {
    int send(Json body) throws RejectedException;
  }

  @POST
  @RunOnVirtualThread
  public Response controls(InputStream stream, @Context HttpServerRequest http) {
    return accept(
        stream,
        http,
        body -> {
          List<Control> controls = new ControlReader(known.index()).read(body);
          publisher.publish(controls);
          return controls.size();
        });
  }

  @POST
  @Path("records")
  @RunOnVirtualThread
  public Response records(InputStream stream, @Context HttpServerRequest http) {
    return accept(
        stream,
        http,
        body -> {
          List<ProducerRecord<byte[], byte[]>> records = RecordReader.read(body);
          publisher.sendBack(records);
          return records.size();
        });
  }

  private Response accept(InputStream stream, HttpServerRequest http, Sending sending) {
    return answers.to(
        http,
        () -> {
          access.require(http);
          try (BodyReader.Body body =
              bodies.read(
                  stream,
                  RequestReader.contentLength(http),
                  config.maxControlsSize().asLongValue())) {
            int accepted = sending.send(StrictJson.parse(body.bytes()));
            return answers.json(202, Map.of("accepted", accepted));
          }
        });
  }
}
