package io.penstock.ingest.definition;

import io.penstock.ingest.problem.Answers;
import io.penstock.ingest.problem.Reason;
import io.penstock.ingest.problem.RejectedException;
import io.penstock.ingest.request.BodyReader;
import io.penstock.ingest.request.IncomingRequest;
import io.penstock.ingest.request.LocalAccess;
import io.penstock.ingest.request.RequestReader;
import io.penstock.ingest.start.IngestConfig;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * Definitions over HTTP.
 *
 * <ul>
 *   <li>{@code POST /definitions} applies all of its body or nothing (see {@link DefinitionFiles});
 *       200 once every reader has them, 202 naming in {@code waitingFor} those that have not within
 *       {@code ?wait=} ({@code 5s}, {@code PT5S}).
 *   <li>{@code GET /definitions} lists, {@code GET /definitions/{kind}/{name}} shows the latest
 *       version and {@code GET /definitions/{kind}/{name}/{version}} one.
 * </ul>
 *
 * <p>There is no authentication here yet, so it is open to this machine only, unless {@link
 * IngestConfig#openToNetwork()} says otherwise.
 */
@Path("/definitions")
public class DefinitionResource {
  private final IngestConfig config;
  private final LocalAccess access;
  private final BodyReader bodies;
  private final KnownDefinitions known;
  private final DefinitionApply apply;
  private final Answers answers;

  DefinitionResource(
      IngestConfig config,
      LocalAccess access,
      BodyReader bodies,
      KnownDefinitions known,
      DefinitionApply apply,
      Answers answers) {
    this.config = config;
    this.access = access;
    this.bodies = bodies;
    this.known = known;
    this.apply = apply;
    this.answers = answers;
  }

  @POST
  @RunOnVirtualThread
  public Response apply(InputStream stream, @Context HttpServerRequest http) {
    return answers.to(
        http,
        () -> {
          access.require(http);
          try (BodyReader.Body body =
              bodies.read(
                  stream,
                  RequestReader.contentLength(http),
                  config.maxDefinitionsSize().asLongValue())) {
            // Only for its refusal: before all is read here, not even the topics may be there.
            known.index();
            IncomingRequest request = RequestReader.read(http, body.bytes());
            DefinitionApply.Applied applied =
                apply.apply(
                    DefinitionFiles.read(request),
                    WaitParameter.of(request.query().get("wait"), config.definitionWait()));
            return answers.json(
                applied.lagging().isEmpty() ? 200 : 202, DefinitionAnswer.of(applied));
          }
        });
  }

  @GET
  @RunOnVirtualThread
  public Response list(@Context HttpServerRequest http) {
    return answers.to(
        http,
        () -> {
          access.require(http);
          return answers.json(200, DefinitionAnswer.of(known.index().all()));
        });
  }

  @GET
  @Path("{kind}/{name}")
  @RunOnVirtualThread
  public Response latest(
      @PathParam("kind") String kind,
      @PathParam("name") String name,
      @Context HttpServerRequest http) {
    return answers.to(http, () -> document(http, kind, name, Optional.empty()));
  }

  @GET
  @Path("{kind}/{name}/{version}")
  @RunOnVirtualThread
  public Response version(
      @PathParam("kind") String kind,
      @PathParam("name") String name,
      @PathParam("version") String version,
      @Context HttpServerRequest http) {
    return answers.to(http, () -> document(http, kind, name, Optional.of(version)));
  }

  private Response document(
      HttpServerRequest http, String kind, String name, Optional<String> version)
      throws RejectedException {
    access.require(http);
    return known
        .find(kind, name, version)
        .map(document -> answers.json(200, document))
        .orElseThrow(
            () ->
                new RejectedException(
                    Reason.UNKNOWN_DEFINITION,
                    "no such definition is known here: GET /definitions lists all",
                    Map.of("kind", kind, "name", name)));
  }
}
