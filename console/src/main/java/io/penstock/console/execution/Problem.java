package io.penstock.console.execution;

/**
 * Why a question was not answered, as RFC 9457 has it.
 *
 * @param type what kind of problem, the last part of {@code urn:penstock:problem:…}
 * @param detail what was asked, what stands in the way, what to ask instead
 */
public record Problem(int status, String type, String title, String detail) {
  private static final int FIRST_SERVER_ERROR = 500;

  /** True where the same question may be answered later; false where it first has to change. */
  boolean retry() {
    return status >= FIRST_SERVER_ERROR;
  }

  public static Problem invalidParameter(String detail) {
    return new Problem(400, "invalid-parameter", "A query parameter cannot be used", detail);
  }

  static Problem onlyLocal() {
    return new Problem(
        403,
        "forbidden",
        "Only open to this machine",
        "executions have no authentication yet: ask from the server's own machine by a loopback name, or guard them yourself and set penstock.console.open-to-network=true");
  }

  static Problem noSuchExecution(String id) {
    return new Problem(
        404,
        "unknown-execution",
        "There is no such execution",
        "no execution '%s' is known here; one that has just started appears within moments"
            .formatted(id));
  }

  public static Problem databaseAway() {
    return new Problem(
        503,
        "database-unavailable",
        "The console's database cannot be reached",
        "executions go on without it, and are shown again once it is back; try again in a moment");
  }
}
