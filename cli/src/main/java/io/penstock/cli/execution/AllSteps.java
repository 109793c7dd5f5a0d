package io.penstock.cli.execution;

import io.penstock.cli.server.Answer;
import io.penstock.cli.server.Refusal;
import io.penstock.cli.server.ServerClient;
import io.penstock.schema.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads steps of an execution in pages, however many there are. */
final class AllSteps {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final ServerClient server;
  private final String execution;

  AllSteps(ServerClient server, String execution) {
    this.server = server;
    this.execution = execution;
  }

  /** Every step of every round, in the order in which they began. */
  void each(Consumer<Json> step) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("rounds", "all");
    do {
      Json page = page(query);
      steps(page).forEach(step);
      query.put("after", page.at("next") instanceof String next ? next : null);
    } while (query.get("after") != null);
  }

  /**
   * The first steps with which rounds of a foreach failed. One whose failure was tolerated is
   * cancelled; what it failed of stands at its last attempt.
   */
  List<Json> failedInside(String foreach, int most) {
    List<Json> found = new ArrayList<>(inside(foreach, "FAILED", most));
    if (found.size() < most) {
      inside(foreach, "CANCELLED", most).stream()
          .filter(step -> !Wording.failure(step).isEmpty())
          .limit(most - found.size())
          .forEach(found::add);
    }
    return found;
  }

  private List<Json> inside(String foreach, String status, int most) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("under", foreach);
    query.put("rounds", "all");
    query.put("status", status);
    query.put("limit", Integer.toString(most));
    return steps(page(query));
  }

  private static List<Json> steps(Json page) {
    return page.at("steps") instanceof List<?> steps
        ? steps.stream().map(Json::of).toList()
        : List.of();
  }

  private Json page(Map<String, String> query) {
    Answer answer =
        server.get("/api/executions/" + ServerClient.encode(execution) + "/steps", query, LIMIT);
    if (!answer.isSuccess() || Wording.text(answer.body(), "steps").isEmpty()) {
      throw Refusal.of("cannot read the steps of execution '" + execution + "'", answer);
    }
    return answer.body();
  }
}
