package io.penstock.cli.completion;

import io.penstock.cli.server.Answer;
import io.penstock.cli.server.Refusal;
import io.penstock.cli.server.ServerClient;
import io.penstock.schema.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Ids that a server is asked for while somebody types: the newest of each kind. */
enum Ids {
  executions("/api/executions", "executions", "id"),
  letters("/api/dead-letters", "deadLetters", "id"),
  groups("/api/dead-letters/groups", "groups", "group"),
  replays("/api/replays", "replays", "id");

  /** Who has pressed Tab does not wait for long. */
  private static final Duration LIMIT = Duration.ofSeconds(2);

  /** A shell expands what it is offered: nothing else may get there. */
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.~-]*");

  private final String path;
  private final String list;
  private final String member;

  Ids(String path, String list, String member) {
    this.path = path;
    this.list = list;
    this.member = member;
  }

  List<String> ask(ServerClient server) {
    Answer answer = server.get(path, Map.of("limit", "50"), LIMIT);
    if (!answer.isSuccess() || !(answer.body().at(list) instanceof List<?> found)) {
      throw Refusal.of("cannot complete " + name(), answer);
    }
    return found.stream()
        .map(each -> String.valueOf(Json.of(each).at(member)))
        .filter(id -> HARMLESS.matcher(id).matches())
        .toList();
  }
}
