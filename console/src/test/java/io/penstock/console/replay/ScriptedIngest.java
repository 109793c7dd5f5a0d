package io.penstock.console.replay;

import io.penstock.console.ScriptedServer;
import io.penstock.schema.json.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Ingest's control API as a script: takes everything, unless told otherwise. */
final class ScriptedIngest implements AutoCloseable {
  private final ScriptedServer server = new ScriptedServer("/controls", this::answer);
  private final List<Map<?, ?>> wishes = new CopyOnWriteArrayList<>();
  private volatile Function<List<Map<?, ?>>, Reply> script = any -> accepted();

  /**
   * @param retryAfter null: none
   */
  record Reply(int status, String retryAfter, Map<String, ?> body) {}

  URI url() {
    return server.url();
  }

  static Reply accepted() {
    return new Reply(202, null, Map.of("accepted", 1));
  }

  void answers(Function<List<Map<?, ?>>, Reply> script) {
    this.script = script;
  }

  void reset() {
    wishes.clear();
    script = any -> accepted();
  }

  /** All that came, in order, repetitions too. */
  List<Map<?, ?>> wishes() {
    return List.copyOf(wishes);
  }

  List<String> ids() {
    return wishes.stream().map(wish -> (String) wish.get("id")).toList();
  }

  private ScriptedServer.Reply answer(Json body) {
    List<Map<?, ?>> items = new ArrayList<>();
    for (String name : List.of("controls", "records")) {
      if (body.at(name) instanceof List<?> list) {
        list.forEach(item -> items.add((Map<?, ?>) item));
      }
    }
    wishes.addAll(items);
    Reply reply = script.apply(items);
    return new ScriptedServer.Reply(
        reply.status(),
        reply.retryAfter() == null ? Map.of() : Map.of("Retry-After", reply.retryAfter()),
        Json.of(reply.body()).toString());
  }

  @Override
  public void close() {
    server.close();
  }
}
