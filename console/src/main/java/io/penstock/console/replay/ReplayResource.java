package io.penstock.console.replay;

import io.penstock.console.ConsoleSettings;
import io.penstock.console.deadletter.Wish;
import io.penstock.console.definition.KnownDefinitions;
import io.penstock.console.execution.Cursor;
import io.penstock.console.execution.ExecutionResource;
import io.penstock.console.execution.LocalAccess;
import io.penstock.console.execution.Parameters;
import io.penstock.console.execution.ProblemException;
import io.penstock.console.execution.Questions;
import io.penstock.schema.json.JsonMapper;
import io.penstock.schema.kafka.DefinitionIndex;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.KafkaException;

/** Replays: what one would do, beginning one, how far it is, and holding it. */
@Path("/api/replays")
@Produces(MediaType.APPLICATION_JSON)
public class ReplayResource {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 200;

  private final Questions questions;
  private final Beginning beginning;
  private final Orders orders;
  private final ReplayService service;
  private final LocalAccess access;
  private final KnownDefinitions definitions;
  private final int maxReplays;

  ReplayResource(
      Questions questions,
      Beginning beginning,
      Orders orders,
      ReplayService service,
      LocalAccess access,
      KnownDefinitions definitions,
      ConsoleSettings settings) {
    this.questions = questions;
    this.beginning = beginning;
    this.orders = orders;
    this.service = service;
    this.access = access;
    this.definitions = definitions;
    this.maxReplays = settings.maxReplays();
  }

  /** With {@code "dryRun":true} 200 and the plan, otherwise 201 and the replay. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  public Response begin(byte[] body, @Context HttpServerRequest http) {
    access.require(http);
    ReplayWish wish = ReplayWish.read(body);
    if (wish.dryRun()) {
      DefinitionIndex known = known();
      return ExecutionResource.json(
          questions.answer(
              connection -> new PlanQuery(connection, wish, maxReplays, known).plan()));
    }
    String id = beginning.begin(wish);
    service.wake();
    return Response.created(URI.create("/api/replays/" + id))
        .entity(JsonMapper.write(find(id)))
        .build();
  }

  /** Nothing if Kafka is away: a plan is worth having without names of Apis. */
  private DefinitionIndex known() {
    try {
      return definitions.index().orElseGet(DefinitionIndex::new);
    } catch (KafkaException e) {
      return new DefinitionIndex();
    }
  }

  /** {@code {"replays":[…],"next":"…"}}, newest first. */
  @GET
  @RunOnVirtualThread
  public Response list(@Context UriInfo uri, @Context HttpServerRequest http) {
    access.require(http);
    MultivaluedMap<String, String> given = uri.getQueryParameters();
    Parameters.refuseUnknown(given, Set.of("limit", "after"));
    int limit = limit(given);
    Optional<Cursor> after = Optional.ofNullable(given.getFirst("after")).map(Parameters::cursor);
    return ExecutionResource.json(
        questions.answer(connection -> ReplayList.page(connection, limit, after)));
  }

  @GET
  @Path("{id}")
  @RunOnVirtualThread
  public Response one(@PathParam("id") String id, @Context HttpServerRequest http) {
    access.require(http);
    return ExecutionResource.json(find(id));
  }

  /** {@code {"letters":[…],"next":"…"}}, in the order in which they are sent. */
  @GET
  @Path("{id}/letters")
  @RunOnVirtualThread
  public Response letters(
      @PathParam("id") String id, @Context UriInfo uri, @Context HttpServerRequest http) {
    access.require(http);
    MultivaluedMap<String, String> given = uri.getQueryParameters();
    Parameters.refuseUnknown(given, Set.of("state", "limit", "after"));
    Optional<String> state = Optional.ofNullable(given.getFirst("state"));
    if (state.isPresent() && !ReplayLetters.STATES.containsKey(state.get())) {
      throw Parameters.refused(
          "state",
          state.get(),
          "one of " + String.join(", ", ReplayLetters.STATES.keySet().stream().sorted().toList()));
    }
    int limit = limit(given);
    long after =
        Parameters.number("after", given.getFirst("after"), 0, Integer.MAX_VALUE).orElse(0L);
    String replay = find(id).id();
    return ExecutionResource.json(
        questions.answer(
            connection -> ReplayLetters.page(connection, replay, state, limit, after)));
  }

  /** {@code {"audit":[{"at","by","what","reason"}]}}, oldest first. */
  @GET
  @Path("{id}/audit")
  @RunOnVirtualThread
  public Response audit(@PathParam("id") String id, @Context HttpServerRequest http) {
    access.require(http);
    String replay = find(id).id();
    return ExecutionResource.json(
        Map.of("audit", questions.answer(connection -> Audit.of(connection, replay))));
  }

  @POST
  @Path("{id}/pause")
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  public Response pause(@PathParam("id") String id, byte[] body, @Context HttpServerRequest http) {
    return order(id, Orders.Order.PAUSE, body, http);
  }

  @POST
  @Path("{id}/resume")
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  public Response resume(@PathParam("id") String id, byte[] body, @Context HttpServerRequest http) {
    return order(id, Orders.Order.RESUME, body, http);
  }

  @POST
  @Path("{id}/cancel")
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  public Response cancel(@PathParam("id") String id, byte[] body, @Context HttpServerRequest http) {
    return order(id, Orders.Order.CANCEL, body, http);
  }

  private Response order(String id, Orders.Order order, byte[] body, HttpServerRequest http) {
    access.require(http);
    Wish wish = Wish.read(body, Set.of("by", "reason"));
    String by = ReplayWish.by(wish);
    String reason = ReplayWish.reason(wish);
    String replay = find(id).id();
    orders.give(replay, order, by, reason);
    service.wake();
    return ExecutionResource.json(find(replay));
  }

  private Replay find(String id) {
    return (id.indexOf('\0') >= 0
            ? Optional.<Replay>empty()
            : questions.answer(connection -> ReplayList.find(connection, id)))
        .orElseThrow(() -> new ProblemException(Orders.unknown(id)));
  }

  private static int limit(MultivaluedMap<String, String> given) {
    return Parameters.number("limit", given.getFirst("limit"), 1, MAX_LIMIT)
        .orElse((long) DEFAULT_LIMIT)
        .intValue();
  }
}
