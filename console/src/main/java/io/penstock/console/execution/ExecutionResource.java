package io.penstock.console.execution;

import io.penstock.schema.json.JsonMapper;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Questions about executions. */
@Path("/api/executions")
@Produces(MediaType.APPLICATION_JSON)
public class ExecutionResource {
  static final int MAX_IDS = 200;
  private static final Set<String> LIST_PARAMETERS =
      Set.of("workflow", "status", "since", "until", "waitingLongerThan", "limit", "after", "ids");
  private static final Set<String> STEP_PARAMETERS =
      Set.of("under", "status", "rounds", "limit", "after");

  private final ExecutionRepository executions;
  private final LocalAccess access;

  ExecutionResource(ExecutionRepository executions, LocalAccess access) {
    this.executions = executions;
    this.access = access;
  }

  /**
   * {@code {"executions":[…],"next":"…"}}, newest first; {@code next} goes into {@code after} and
   * is missing on the last page. With {@code ids} (comma between) instead of filters: the whole of
   * each that is known, in that order.
   */
  @GET
  public Response list(
      @QueryParam("workflow") String workflow,
      @QueryParam("status") String status,
      @QueryParam("since") String since,
      @QueryParam("until") String until,
      @QueryParam("waitingLongerThan") String waitingLongerThan,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after,
      @QueryParam("ids") String ids,
      @Context UriInfo uri,
      @Context HttpServerRequest http) {
    access.require(http);
    MultivaluedMap<String, String> given = uri.getQueryParameters();
    Parameters.refuseUnknown(given, LIST_PARAMETERS);
    if (given.containsKey("ids")) {
      String named = ids == null ? "" : ids;
      return json(Map.of("executions", executions.find(idsIn(named, given))));
    }
    return json(
        executions.list(
            ExecutionFilter.of(workflow, status, since, until, waitingLongerThan, limit, after)));
  }

  /** One with its first steps; with {@code ?history=true} the first of its history too. */
  @GET
  @Path("{id}")
  public Response one(
      @PathParam("id") String id,
      @QueryParam("history") String history,
      @Context HttpServerRequest http) {
    access.require(http);
    boolean withHistory = Parameters.flag("history", history);
    return executions
        .find(plain(id), withHistory)
        .map(ExecutionResource::json)
        .orElseThrow(() -> new ProblemException(Problem.noSuchExecution(id)));
  }

  /**
   * {@code {"steps":[…],"next":"…"}}, in the order in which they began; {@code next} goes into
   * {@code after} and is missing on the last page.
   */
  @GET
  @Path("{id}/steps")
  public Response steps(
      @PathParam("id") String id,
      @QueryParam("under") String under,
      @QueryParam("status") String status,
      @QueryParam("rounds") String rounds,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after,
      @Context UriInfo uri,
      @Context HttpServerRequest http) {
    access.require(http);
    Parameters.refuseUnknown(uri.getQueryParameters(), STEP_PARAMETERS);
    return executions
        .steps(plain(id), StepFilter.of(under, status, rounds, limit, after))
        .map(ExecutionResource::json)
        .orElseThrow(() -> new ProblemException(Problem.noSuchExecution(id)));
  }

  private static List<String> idsIn(String ids, MultivaluedMap<String, String> parameters) {
    List<String> all =
        Arrays.stream(ids.split(",", -1)).map(String::strip).filter(id -> !id.isEmpty()).toList();
    if (parameters.size() > 1) {
      throw new ProblemException(
          Problem.invalidParameter("ids stands alone; filters and paging do not apply to it"));
    }
    if (all.isEmpty() || all.size() > MAX_IDS) {
      throw new ProblemException(
          Problem.invalidParameter(
              "ids names %d executions; accepted are 1 to %d, with commas between"
                  .formatted(all.size(), MAX_IDS)));
    }
    return all.stream().map(ExecutionResource::plain).toList();
  }

  /** What no execution id can hold, and PostgreSQL would refuse. */
  static String plain(String id) {
    if (id.indexOf('\0') >= 0) {
      throw new ProblemException(Problem.noSuchExecution(id));
    }
    return id;
  }

  /**
   * Written by our own mapper: in one process with others, the framework's may be set otherwise.
   */
  public static Response json(Object body) {
    return Response.ok(JsonMapper.write(body)).build();
  }
}
