package io.penstock.console.alert;

import io.penstock.console.ScriptedServer;
import io.penstock.console.ScriptedServer.Reply;
import io.penstock.schema.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Not ingest: a door that answers as it is told, and remembers what came. */
final class ScriptedIngest implements AutoCloseable {
  static final String STARTS = "{\"events\":[{\"id\":\"x\",\"executions\":[\"alert.tell~x\"]}]}";
  static final String STARTS_NOTHING = "{\"events\":[{\"id\":\"x\",\"executions\":[]}]}";

  private final ScriptedServer server = new ScriptedServer("/events", this::answer);
  private final List<Json> events = new CopyOnWriteArrayList<>();
  private final Queue<Reply> script = new ConcurrentLinkedQueue<>();

  String url() {
    return server.url().toString();
  }

  /** The next answer; without one an event starts its execution. */
  ScriptedIngest next(int status, String body) {
    script.add(new Reply(status, Map.of(), body));
    return this;
  }

  /** What was sent, whatever was answered. */
  List<Json> events() {
    return events;
  }

  /** Different ones: as many executions as Penstock would have started. */
  List<String> ids() {
    return events.stream().map(event -> (String) event.at("id")).distinct().toList();
  }

  private Reply answer(Json event) {
    events.add(event);
    return Optional.ofNullable(script.poll()).orElse(new Reply(202, Map.of(), STARTS));
  }

  @Override
  public void close() {
    server.close();
  }
}
