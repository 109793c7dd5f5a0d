package io.penstock.ingest.problem;

/**
 * Why a request is turned away. The slug is the end of the problem's {@code type} and the label by
 * which rejections are counted: forever the same once released.
 */
public enum Reason {
  MALFORMED(400, "malformed", "The request cannot be read", Retry.USELESS),
  SIGNATURE(401, "signature", "The sender is not proven", Retry.USELESS),
  FORBIDDEN(403, "forbidden", "Only open to this machine", Retry.USELESS),
  NOT_FOUND(404, "not-found", "There is nothing here", Retry.USELESS),
  UNKNOWN_SOURCE(404, "unknown-source", "No such source", Retry.USELESS),
  UNKNOWN_DEFINITION(404, "unknown-definition", "No such definition", Retry.USELESS),
  METHOD(405, "method", "Wrong method", Retry.USELESS),
  NOT_ACCEPTABLE(406, "not-acceptable", "No such representation", Retry.USELESS),
  IMMUTABLE(409, "immutable", "This version exists with other content", Retry.USELESS),
  TOO_LARGE(413, "too-large", "The request is too large", Retry.USELESS),
  CONTENT_TYPE(415, "content-type", "This content type is not read here", Retry.USELESS),
  MAPPING(422, "mapping", "The request does not become an event", Retry.USELESS),
  TRIGGER(422, "trigger", "A trigger cannot be decided", Retry.USELESS),
  INPUT_SCHEMA(422, "input-schema", "The data does not fit a workflow", Retry.USELESS),
  INVALID_DEFINITION(422, "invalid-definition", "The definitions are not valid", Retry.USELESS),
  INVALID_CONTROL(422, "invalid-control", "A wish cannot be sent", Retry.USELESS),
  INTERNAL(500, "internal", "A fault in Penstock", Retry.LATER),
  STARTING(503, "starting", "Not ready yet", Retry.LATER),
  OVERLOADED(503, "overloaded", "Too much at once", Retry.LATER),
  SECRET(503, "secret", "The sender cannot be checked now", Retry.LATER),
  LOG_UNAVAILABLE(503, "log-unavailable", "It cannot be stored now", Retry.LATER);

  private enum Retry {
    USELESS,
    LATER
  }

  private final int status;
  private final String slug;
  private final String title;
  private final Retry retry;

  Reason(int status, String slug, String title, Retry retry) {
    this.status = status;
    this.slug = slug;
    this.title = title;
    this.retry = retry;
  }

  public int status() {
    return status;
  }

  public String slug() {
    return slug;
  }

  public String title() {
    return title;
  }

  /** True where the same request may succeed later; false where it first has to change. */
  public boolean retry() {
    return retry == Retry.LATER;
  }
}
