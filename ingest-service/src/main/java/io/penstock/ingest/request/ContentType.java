package io.penstock.ingest.request;

import io.penstock.ingest.problem.Reason;
import io.penstock.ingest.problem.RejectedException;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import java.util.Optional;

/**
 * What a body claims to be.
 *
 * @param essence type and subtype in lower case: {@code application/json}
 */
public record ContentType(String essence) {
  public static final String CLOUD_EVENT = "application/cloudevents+json";
  public static final String CLOUD_EVENTS_BATCH = "application/cloudevents-batch+json";

  /**
   * @param header null: the request has none
   * @return empty for a request without one
   * @throws RejectedException ({@code content-type}) for a header that cannot be read, and for a
   *     charset other than UTF-8
   */
  public static Optional<ContentType> of(String header) throws RejectedException {
    if (header == null || header.isBlank()) {
      return Optional.empty();
    }
    MediaType type;
    try {
      type = MediaType.valueOf(header);
    } catch (IllegalArgumentException e) {
      throw new RejectedException(
          Reason.CONTENT_TYPE, "the Content-Type header cannot be read: send application/json");
    }
    String charset = type.getParameters().get(MediaType.CHARSET_PARAMETER);
    if (charset != null && !"utf-8".equalsIgnoreCase(charset)) {
      throw new RejectedException(
          Reason.CONTENT_TYPE, "the body has another charset than UTF-8: send UTF-8");
    }
    return Optional.of(
        new ContentType((type.getType() + "/" + type.getSubtype()).toLowerCase(Locale.ROOT)));
  }

  /** {@code application/json} and whatever is JSON by its name ({@code application/*+json}). */
  public boolean isJson() {
    return essence.equals("application/json")
        || (essence.startsWith("application/")
            && essence.endsWith("+json")
            && !essence.equals(CLOUD_EVENTS_BATCH));
  }
}
