package io.penstock.ingest.problem;

import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Requests that no resource takes are problems like all others. In one process with other services
 * also those to their addresses, so nothing here says which addresses there are.
 */
@ApplicationScoped
public class UnmatchedRequests {
  private final Answers answers;

  UnmatchedRequests(Answers answers) {
    this.answers = answers;
  }

  @ServerExceptionMapper
  Response unknownPath(NotFoundException e, UriInfo uri, HttpServerRequest http) {
    return answers.rejected(
        Rejection.of(
            Reason.NOT_FOUND,
            "no such address here for %s: docs/http-api.md lists them".formatted(http.method())),
        uri.getPath());
  }

  @ServerExceptionMapper
  Response wrongMethod(NotAllowedException e, UriInfo uri, HttpServerRequest http) {
    Response answer =
        answers.rejected(
            Rejection.of(
                Reason.METHOD,
                "this address does not take %s: the header Allow has what it takes"
                    .formatted(http.method())),
            uri.getPath());
    return Response.fromResponse(answer).header(HttpHeaders.ALLOW, allowed(e, uri)).build();
  }

  /** The framework does not always say what it allows, though HTTP demands it. */
  private static String allowed(NotAllowedException e, UriInfo uri) {
    String said = e.getResponse().getHeaderString(HttpHeaders.ALLOW);
    if (said != null) {
      return said;
    }
    return switch (uri.getPathSegments().getFirst().getPath()) {
      case "webhooks", "events", "controls" -> "POST";
      case "definitions" -> uri.getPathSegments().size() == 1 ? "GET, HEAD, POST" : "GET, HEAD";
      // Addresses of other services in the process: all of them only answer questions.
      default -> "GET, HEAD";
    };
  }

  @ServerExceptionMapper
  Response wrongContentType(NotSupportedException e, UriInfo uri) {
    return answers.rejected(
        Rejection.of(Reason.CONTENT_TYPE, "the Content-Type is not read here: send JSON"),
        uri.getPath());
  }

  @ServerExceptionMapper
  Response wrongAccept(NotAcceptableException e, UriInfo uri) {
    return answers.rejected(
        Rejection.of(Reason.NOT_ACCEPTABLE, "answers are application/json: accept that"),
        uri.getPath());
  }
}
