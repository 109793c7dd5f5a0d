package io.penstock.console.execution;

import io.penstock.schema.json.JsonMapper;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers with a problem of this package; other services in the process have mappers of theirs. */
@ApplicationScoped
public class ProblemExceptionMapper {
  private static final String RETRY_AFTER_SECONDS = "2";

  @ServerExceptionMapper
  Response answer(ProblemException exception, HttpServerRequest http) {
    Problem problem = exception.problem();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "urn:penstock:problem:" + problem.type());
    body.put("title", problem.title());
    body.put("status", problem.status());
    body.put("detail", problem.detail());
    body.put("instance", http.path());
    body.put("retry", problem.retry());
    Response.ResponseBuilder response =
        Response.status(problem.status())
            .type("application/problem+json")
            .entity(JsonMapper.write(body));
    return problem.retry()
        ? response.header("Retry-After", RETRY_AFTER_SECONDS).build()
        : response.build();
  }
}
