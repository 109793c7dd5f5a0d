package io.penstock.console.deadletter;

import io.penstock.console.execution.Cursor;
import io.penstock.console.execution.ExecutionRepository;
import io.penstock.console.execution.ExecutionResource;
import io.penstock.console.execution.LocalAccess;
import io.penstock.console.execution.Parameters;
import io.penstock.console.execution.Problem;
import io.penstock.console.execution.ProblemException;
import io.penstock.console.execution.Questions;
import io.penstock.console.execution.StepDetail;
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
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What nobody could process: to be found, looked at, put aside and taken out. */
@Path("/api/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
public class DeadLetterResource {
  private static final int DEFAULT_LIMIT = 50;
  private static final Set<String> LIST = withPaging(LetterFilter.MEMBERS);
  private static final Set<String> GROUPS =
      withPaging(Set.of("workflow", "step", "errorType", "status"));

  private final Questions questions;
  private final ExecutionRepository executions;
  private final Discard discard;
  private final LetterExport export;
  private final LocalAccess access;

  DeadLetterResource(
      Questions questions,
      ExecutionRepository executions,
      Discard discard,
      LetterExport export,
      LocalAccess access) {
    this.questions = questions;
    this.executions = executions;
    this.discard = discard;
    this.export = export;
    this.access = access;
  }

  /**
   * {@code {"deadLetters":[…],"next":"…"}}, newest first; {@code next} goes into {@code after} and
   * is missing on the last page.
   */
  @GET
  @RunOnVirtualThread
  public Response list(@Context UriInfo uri, @Context HttpServerRequest http) {
    access.require(http);
    MultivaluedMap<String, String> given = uri.getQueryParameters();
    Parameters.refuseUnknown(given, LIST);
    LetterFilter filter = LetterFilter.of(given::getFirst);
    int limit = limit(given);
    Optional<Cursor> after = after(given);
    return ExecutionResource.json(
        questions.answer(connection -> LetterList.page(connection, filter, limit, after)));
  }

  /** One with all that it holds, as far as an answer can. */
  @GET
  @Path("{id}")
  @RunOnVirtualThread
  public Response one(@PathParam("id") String id, @Context HttpServerRequest http) {
    access.require(http);
    LetterDetail letter =
        (id.indexOf('\0') >= 0
                ? Optional.<LetterDetail>empty()
                : questions.answer(connection -> new LetterQuery(connection).find(id)))
            .orElseThrow(() -> new ProblemException(unknown(id)));
    List<StepDetail.Attempt> attempts =
        letter
            .summary()
            .execution()
            .flatMap(
                execution ->
                    letter.summary().path().map(path -> executions.attempts(execution, path)))
            .orElse(List.of());
    return ExecutionResource.json(letter.with(attempts));
  }

  /** {@code {"groups":[…],"next":"…"}}, the one with the latest letter first. */
  @GET
  @Path("groups")
  @RunOnVirtualThread
  public Response groups(@Context UriInfo uri, @Context HttpServerRequest http) {
    access.require(http);
    MultivaluedMap<String, String> given = uri.getQueryParameters();
    Parameters.refuseUnknown(given, GROUPS);
    String status = given.getFirst("status");
    if (status != null && !Set.of("open", "all").contains(status)) {
      throw Parameters.refused("status", status, "open or all");
    }
    LetterFilter names =
        LetterFilter.of(name -> "status".equals(name) ? null : given.getFirst(name));
    GroupList.Filter filter =
        new GroupList.Filter(
            names.workflow(),
            names.step(),
            names.errorType(),
            !"all".equals(status),
            limit(given),
            after(given));
    return ExecutionResource.json(
        questions.answer(connection -> GroupList.page(connection, filter)));
  }

  /** {@code {"selection":{…},"by":"ann","reason":"…"}}, answered {@code {"discarded":N}}. */
  @POST
  @Path("discard")
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  public Response discard(byte[] body, @Context HttpServerRequest http) {
    access.require(http);
    Wish wish = Wish.read(body, Set.of("selection", "by", "reason"));
    long discarded =
        discard.discard(LetterSelection.of(wish.member("selection")), wish.by(), wish.reason());
    return ExecutionResource.json(Map.of("discarded", discarded));
  }

  /** One letter a line, whole, newest first. */
  @GET
  @Path("export")
  @Produces("application/x-ndjson")
  @RunOnVirtualThread
  public Response export(@Context UriInfo uri, @Context HttpServerRequest http) {
    access.require(http);
    MultivaluedMap<String, String> given = uri.getQueryParameters();
    Parameters.refuseUnknown(given, LetterFilter.MEMBERS);
    LetterFilter filter = LetterFilter.of(given::getFirst);
    StreamingOutput lines = out -> export.write(filter, out);
    return Response.ok(lines).build();
  }

  private static Set<String> withPaging(Set<String> names) {
    Set<String> all = new HashSet<>(names);
    all.add("limit");
    all.add("after");
    return all;
  }

  private static int limit(MultivaluedMap<String, String> given) {
    return Parameters.number("limit", given.getFirst("limit"), 1, LetterList.MAX_LIMIT)
        .orElse((long) DEFAULT_LIMIT)
        .intValue();
  }

  private static Optional<Cursor> after(MultivaluedMap<String, String> given) {
    return Optional.ofNullable(given.getFirst("after")).map(Parameters::cursor);
  }

  private static Problem unknown(String id) {
    return new Problem(
        404,
        "unknown-dead-letter",
        "There is no such dead letter",
        "no dead letter '%s' is known here; one that was just written appears within moments"
            .formatted(id));
  }
}
