package io.penstock.cli.replay;

import io.penstock.cli.CliException;
import io.penstock.cli.ExitCode;
import io.penstock.cli.server.Answer;
import io.penstock.cli.server.Refusal;
import io.penstock.cli.server.ServerClient;
import io.penstock.cli.server.UnreachableException;
import io.penstock.schema.json.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the server does about replays, and how it refuses. */
final class Replays {
  /** Counting what a group of many thousands would do takes the server a while. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final String PATH = "/api/replays";
  private static final String NOTHING_LEFT = "nothing-to-replay";

  private final ServerClient server;

  Replays(ServerClient server) {
    this.server = server;
  }

  /**
   * @param body what a replay is started with
   * @param what words for the selection
   * @return what it would do
   */
  Json plan(Map<String, Object> body, String what) {
    Answer answer = server.post(PATH, dryRun(body, true), LIMIT);
    if (!answer.isSuccess() || answer.body().at("letters") == null) {
      throw refused("cannot plan to replay " + what, answer);
    }
    return answer.body();
  }

  /**
   * @return the replay that has begun
   */
  Json start(Map<String, Object> body, String what) {
    try {
      Answer answer = server.post(PATH, dryRun(body, false), LIMIT);
      if (!answer.isSuccess() || answer.body().at("id") == null) {
        throw refused("cannot replay " + what, answer);
      }
      return answer.body();
    } catch (UnreachableException e) {
      throw e.maybeDone()
          ? new CliException(
              e.exitCode(), e.getMessage() + "; 'penstock dlq replays' says whether it has begun")
          : e;
    }
  }

  Json one(String id) {
    Answer answer = ask(id, Duration.ofSeconds(30));
    if (!isReplay(answer)) {
      throw Refusal.of("cannot show replay '" + id + "'", answer);
    }
    return answer.body();
  }

  /** For who goes on asking: an answer of whatever kind. */
  Answer ask(String id, Duration limit) {
    return server.get(path(id), Map.of(), limit);
  }

  static boolean isReplay(Answer answer) {
    return answer.isSuccess() && answer.body().at("status") != null;
  }

  /**
   * @param id empty: of no single one
   * @param list {@code replays}, or of one {@code letters} or {@code audit}; the answer has it
   * @param attempted for a refusal, e.g. {@code cannot list replays}
   */
  Json page(String id, String list, Map<String, String> query, String attempted) {
    String path = id.isEmpty() ? PATH : path(id) + "/" + list;
    Answer answer = server.get(path, query, LIMIT);
    if (!answer.isSuccess() || !(answer.body().at(list) instanceof List<?>)) {
      throw Refusal.of(attempted, answer);
    }
    return answer.body();
  }

  /**
   * @param verb pause, resume or cancel
   * @return the replay afterwards
   */
  Json control(String id, String verb, Map<String, Object> signed) {
    Answer answer = server.post(path(id) + "/" + verb, Json.of(signed), LIMIT);
    if (!answer.isSuccess()) {
      throw Refusal.of("cannot %s replay '%s'".formatted(verb, id), answer);
    }
    return answer.body().at("status") == null ? one(id) : answer.body();
  }

  private static String path(String id) {
    return PATH + "/" + ServerClient.encode(id);
  }

  private static Json dryRun(Map<String, Object> body, boolean dryRun) {
    Map<String, Object> whole = new LinkedHashMap<>(body);
    whole.put("dryRun", dryRun);
    return Json.of(whole);
  }

  private static CliException refused(String attempted, Answer answer) {
    if (answer.body().at("type") instanceof String type && type.endsWith(NOTHING_LEFT)) {
      return new CliException(
          ExitCode.CONFLICT,
          "nothing is left to replay: %s\n'penstock dlq replays' shows what is under way"
              .formatted(Refusal.reason(answer)));
    }
    return Refusal.of(attempted, answer);
  }
}
