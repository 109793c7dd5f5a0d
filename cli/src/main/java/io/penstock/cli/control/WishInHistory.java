package io.penstock.cli.control;

import io.penstock.cli.CliException;
import io.penstock.cli.Deadline;
import io.penstock.cli.execution.Wording;
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

/**
 * Finds in an execution's history what became of a wish. A wish that was ignored is named there by
 * its id, one that was met by who wished it and why: so what lies before it has to be known.
 */
final class WishInHistory {
  private static final Duration HOLD = Duration.ofSeconds(5);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(15);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final ServerClient server;
  private final Wish wish;
  private final Deadline deadline;
  private Optional<Long> last = Optional.empty();
  private String status = "";

  WishInHistory(ServerClient server, Wish wish, Deadline deadline) {
    this.server = server;
    this.wish = wish;
    this.deadline = deadline;
  }

  /**
   * @throws CliException if there is no such execution, or the server does not answer
   */
  void skipThePast() {
    Json page;
    do {
      Answer answer = ask(Duration.ZERO);
      if (!isPage(answer)) {
        throw Refusal.of(
            "cannot %s execution '%s'".formatted(wish.verb().replace('_', ' '), wish.execution()),
            answer);
      }
      page = answer.body();
      read(page);
    } while (Boolean.TRUE.equals(page.at("more")));
  }

  /** What became of it, or that the time is up. */
  Became await() {
    while (true) {
      Optional<Became> became = look();
      if (became.isPresent()) {
        return became.get();
      }
      if (deadline.isOver()) {
        return Became.late(wish, status);
      }
    }
  }

  private Optional<Became> look() {
    long asked = System.nanoTime();
    Duration hold = deadline.atMost(HOLD);
    try {
      Answer answer = ask(hold);
      if (isPage(answer)) {
        Optional<Became> became =
            read(answer.body()).stream().flatMap(record -> inRecord(record).stream()).findFirst();
        if (became.isEmpty() && System.nanoTime() - asked < hold.toNanos() / 2) {
          deadline.pause(PAUSE); // of an execution that has ended nobody holds an answer back
        }
        return became;
      }
      if (!answer.mayBeRepeated()) {
        throw Refusal.of("cannot look at execution '" + wish.execution() + "'", answer);
      }
    } catch (UnreachableException e) {
      // It has the wish already: what becomes of it can be seen when it is back.
    }
    deadline.pause(HOLD.dividedBy(5));
    return Optional.empty();
  }

  private Optional<Became> inRecord(Json record) {
    if (record.at("facts") instanceof List<?> facts) {
      for (Object each : facts) {
        Json fact = Json.of(each);
        if (isOurs(fact)) {
          String now = Wording.text(record, "status");
          return Optional.of(
              "inputIgnored".equals(fact.at("type"))
                  ? Became.ignored(
                      wish, now, Wording.text(fact, "reason"), Wording.text(fact, "why"))
                  : Became.met(wish, now));
        }
      }
    }
    return Optional.empty();
  }

  private boolean isOurs(Json fact) {
    return "inputIgnored".equals(fact.at("type"))
        ? !"DUPLICATE_CONTROL".equals(fact.at("reason"))
            && Wording.text(fact, "input").endsWith(wish.id())
        : wish.by().equals(fact.at("by")) && wish.reason().equals(fact.at("reason"));
  }

  private List<Json> read(Json page) {
    status = Wording.text(page, "status");
    last = page.at("next") instanceof Long next ? Optional.of(next) : last;
    return page.at("records") instanceof List<?> records
        ? records.stream().map(Json::of).toList()
        : List.of();
  }

  private Answer ask(Duration hold) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("after", last.map(String::valueOf).orElse(null));
    query.put("limit", "500");
    query.put("wait", hold.isZero() ? null : hold.toMillis() + "ms");
    return server.get(
        "/api/executions/" + ServerClient.encode(wish.execution()) + "/history",
        query,
        hold.plus(ANSWER_LIMIT));
  }

  private static boolean isPage(Answer answer) {
    return answer.isSuccess() && answer.body().at("status") != null;
  }
}
