package io.penstock.ingest.problem;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Answers a Content-Type that is none with a problem. Without it the framework answers 400 with
 * nothing, before any of our code.
 */
@ApplicationScoped
public class UnreadableContentType {
  private final Answers answers;

  UnreadableContentType(Answers answers) {
    this.answers = answers;
  }

  @ServerRequestFilter(preMatching = true)
  Optional<Response> refuse(ContainerRequestContext request) {
    String header = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
    return header == null || isMediaType(header)
        ? Optional.empty()
        : Optional.of(
            answers.rejected(
                Rejection.of(
                    Reason.CONTENT_TYPE,
                    "the Content-Type header is no media type: write one like application/json"),
                "/" + request.getUriInfo().getPath()));
  }

  private static boolean isMediaType(String header) {
    try {
      return MediaType.valueOf(header) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
