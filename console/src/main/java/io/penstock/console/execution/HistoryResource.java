package io.penstock.console.execution;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What happened in an execution, to be read on while it happens. */
@Path("/api/executions/{id}/history")
@Produces(MediaType.APPLICATION_JSON)
public class HistoryResource {
  private static final Set<String> ACCEPTED = Set.of("after", "limit", "wait");
  private static final long DEFAULT_LIMIT = 100;

  /** Below what proxies cut off by default. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final ExecutionRepository executions;
  private final LocalAccess access;
  private final NewsWait news;

  HistoryResource(ExecutionRepository executions, LocalAccess access, NewsWait news) {
    this.executions = executions;
    this.access = access;
    this.news = news;
  }

  /**
   * {@code {"status":"RUNNING","records":[…],"next":17,"more":false}}; {@code next} goes into
   * {@code after}. With {@code wait} an answer without records is held back until there is one, the
   * execution has ended, or the time has passed.
   */
  @GET
  @RunOnVirtualThread
  public Response page(
      @PathParam("id") String id,
      @QueryParam("after") String after,
      @QueryParam("limit") String limit,
      @QueryParam("wait") String wait,
      @Context UriInfo uri,
      @Context HttpServerRequest http) {
    access.require(http);
    Parameters.refuseUnknown(uri.getQueryParameters(), ACCEPTED);
    String execution = ExecutionResource.plain(id);
    Optional<Long> last = Parameters.number("after", after, 0, Long.MAX_VALUE);
    int most =
        Parameters.number("limit", limit, 1, HistoryQuery.MAX_RECORDS)
            .orElse(DEFAULT_LIMIT)
            .intValue();
    Duration longest = Parameters.duration("wait", wait, LONGEST_WAIT);
    return news.await(
            () -> executions.history(execution, last, most), HistoryResource::isNews, longest)
        .map(ExecutionResource::json)
        .orElseThrow(() -> new ProblemException(Problem.noSuchExecution(id)));
  }

  /** Of what does not exist there will be no news soon enough either. */
  private static boolean isNews(Optional<HistoryPage> page) {
    return page.isEmpty() || !page.get().records().isEmpty() || page.get().status().isEnd();
  }
}
