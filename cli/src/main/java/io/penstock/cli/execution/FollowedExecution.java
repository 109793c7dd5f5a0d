package io.penstock.cli.execution;

import io.penstock.cli.CliException;
import io.penstock.cli.Deadline;
import io.penstock.cli.ExitCode;
import io.penstock.cli.server.Absence;
import io.penstock.cli.server.Answer;
import io.penstock.cli.server.Refusal;
import io.penstock.cli.server.ServerClient;
import io.penstock.cli.server.UnreachableException;
import io.penstock.schema.json.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads an execution's history on and on, until the execution has ended. A server that goes away
 * and comes back meanwhile costs nothing but time: what was read last is known here.
 */
public final class FollowedExecution {
  private static final Set<String> ENDS = Set.of("COMPLETED", "FAILED", "CANCELLED");

  /** How long the server may hold an answer back. */
  private static final Duration HOLD = Duration.ofSeconds(10);

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(15);

  /** A question that has no time at all would not even be sent. */
  private static final Duration SHORTEST_LIMIT = Duration.ofSeconds(1);

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Behind every record. */
  private static final long END_OF_HISTORY = Long.MAX_VALUE;

  private static final String PAGE_SIZE = "200";
  private static final int NOT_FOUND = 404;

  private final ServerClient server;
  private final String id;
  private final Deadline deadline;
  private final Absence absence;

  /** Whether the server has known it before, or will soon: then not to know it is passing. */
  private boolean known;

  private String status = "not known yet";

  /**
   * @param justStarted whether the server may not know it yet
   * @param messages takes what is said about the following, not about the execution
   */
  public FollowedExecution(
      ServerClient server,
      String id,
      Deadline deadline,
      boolean justStarted,
      Consumer<String> messages) {
    this.server = server;
    this.id = id;
    this.deadline = deadline;
    this.known = justStarted;
    this.absence = new Absence(messages);
  }

  public static boolean isEnd(String status) {
    return ENDS.contains(status);
  }

  /**
   * Hands out every record from the first one on.
   *
   * @return the status at the end
   * @throws CliException with {@link ExitCode#TIMEOUT} when the time is up before
   */
  public String follow(Consumer<Json> records) {
    return read(Optional.empty(), records);
  }

  /** Waits for the end only; see {@link #follow}. */
  public String awaitEnd() {
    return read(Optional.of(END_OF_HISTORY), any -> {});
  }

  private String read(Optional<Long> from, Consumer<Json> records) {
    Optional<Long> after = from;
    while (true) {
      Optional<Json> page = page(after);
      if (page.isPresent()) {
        status = Wording.text(page.get(), "status");
        List<?> news = page.get().at("records") instanceof List<?> list ? list : List.of();
        news.forEach(record -> records.accept(Json.of(record)));
        after = page.get().at("next") instanceof Long next ? Optional.of(next) : after;
        boolean more = Boolean.TRUE.equals(page.get().at("more"));
        // An end that is read beside records may be newer than they are: ask once more.
        if (isEnd(status) && !more && (news.isEmpty() || isEndOf(news))) {
          return status;
        }
      }
      if (deadline.isOver()) {
        throw new CliException(
            ExitCode.TIMEOUT,
            "execution '%s' has not ended within %s and is %s now; 'penstock executions show %s --follow' looks again"
                .formatted(id, deadline, status, id));
      }
    }
  }

  private static boolean isEndOf(List<?> records) {
    return isEnd(Wording.text(Json.of(records.getLast()), "status"));
  }

  /** Empty if there was no answer that counts; then some time has passed. */
  private Optional<Json> page(Optional<Long> after) {
    Duration hold = deadline.atMost(HOLD);
    Map<String, String> query = new LinkedHashMap<>();
    query.put("after", after.map(String::valueOf).orElse(null));
    query.put("limit", PAGE_SIZE);
    query.put("wait", hold.toMillis() + "ms");
    long asked = System.nanoTime();
    try {
      Answer answer =
          server.get(
              "/api/executions/" + ServerClient.encode(id) + "/history",
              query,
              atLeast(SHORTEST_LIMIT, deadline.atMost(hold.plus(ANSWER_LIMIT))));
      if (answer.isSuccess() && answer.body().at("status") != null) {
        cameBack();
        if (Wording.isEmpty(answer.body().at("records"))
            && !isEnd(Wording.text(answer.body(), "status"))
            && System.nanoTime() - asked < hold.toNanos() / 2) {
          // A server with too many who wait answers at once.
          deadline.pause(PAUSE);
        }
        return Optional.of(answer.body());
      }
      if (!answer.mayBeRepeated() && !(known && answer.status() == NOT_FOUND)) {
        throw Refusal.of("cannot follow execution '" + id + "'", answer);
      }
      if (answer.status() != NOT_FOUND) {
        absence.wentAway("it answers HTTP %d".formatted(answer.status()));
      }
      deadline.pause(answer.retryAfter().orElse(PAUSE));
    } catch (UnreachableException e) {
      if (!known) {
        throw e;
      }
      absence.wentAway(e.getMessage());
      deadline.pause(PAUSE);
    }
    return Optional.empty();
  }

  private static Duration atLeast(Duration shortest, Duration limit) {
    return limit.compareTo(shortest) < 0 ? shortest : limit;
  }

  private void cameBack() {
    absence.cameBack();
    known = true;
  }
}
