package io.penstock.ingest.problem;

import io.penstock.schema.json.JsonMapper;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what a request came to into its answer. Every rejection of this service passes through
 * {@link #rejected}, so that is where they are counted.
 *
 * <p>A rejection is a problem document (RFC 9457):
 *
 * <pre>{@code
 * {"type":"urn:penstock:problem:unknown-source","title":"No such source","status":404,
 *  "detail":"no source 'crn' is defined: …","instance":"/webhooks/crn","retry":false}
 * }</pre>
 */
@ApplicationScoped
public class Answers {
  public static final String PROBLEM_JSON = "application/problem+json";

  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
  private static final String TYPE_PREFIX = "urn:penstock:problem:";
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  /** What a resource does; a rejection ends it. */
  @FunctionalInterface
  public interface Work {
    Response answer() throws RejectedException;
  }

  private final UnreadBody unread;
  private final RequestObserver observer;

  Answers(UnreadBody unread, RequestObserver observer) {
    this.unread = unread;
    this.observer = observer;
  }

  /** Runs the work and answers, also when it is turned away or fails. */
  public Response to(HttpServerRequest request, Work work) {
    return observer.answer(request, () -> answer(request, work));
  }

  private Response answer(HttpServerRequest request, Work work) {
    try {
      return work.answer();
    } catch (RejectedException e) {
      unread.discard(request);
      return rejected(e.rejection(), request.path());
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("path", request.path())
          .addKeyValue("error", FaultPlace.types(e))
          .addKeyValue("at", FaultPlace.frames(e))
          .log("a request failed by a bug");
      unread.discard(request);
      return rejected(
          Rejection.of(
              Reason.INTERNAL,
              "nothing is known to be stored: send the same request again; the log of the server has the cause"),
          request.path());
    }
  }

  /** A body that is JSON already or becomes it. */
  public Response json(int status, Object body) {
    return Response.status(status)
        .header(HttpHeaders.CONTENT_TYPE, "application/json")
        .entity(JsonMapper.write(body))
        .build();
  }

  Response rejected(Rejection rejection, String instance) {
    Reason reason = rejection.reason();
    observer.rejected(reason, instance);
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", TYPE_PREFIX + reason.slug());
    problem.put("title", reason.title());
    problem.put("status", reason.status());
    problem.put("detail", rejection.detail());
    problem.put("instance", instance);
    problem.put("retry", reason.retry());
    problem.putAll(rejection.extensions());
    Response.ResponseBuilder answer =
        Response.status(reason.status())
            .header(HttpHeaders.CONTENT_TYPE, PROBLEM_JSON)
            .entity(JsonMapper.write(problem));
    if (reason.retry()) {
      answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER.toSeconds());
    }
    if (reason == Reason.SIGNATURE) {
      answer.header(HttpHeaders.WWW_AUTHENTICATE, "Signature");
    }
    return answer.build();
  }
}
