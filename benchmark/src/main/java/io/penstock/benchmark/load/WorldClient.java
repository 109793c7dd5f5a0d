package io.penstock.benchmark.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.util.List;

/** Asks the stub world what it has seen. */
public final class WorldClient implements Closeable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A time of what did not happen. */
  public static final long NEVER = 0;

  private final URI url;
  private final Connections connections;

  public WorldClient(URI url) {
    this.url = url;
    this.connections = new Connections(new InetSocketAddress(url.getHost(), url.getPort()), 2);
  }

  /**
   * What one lead has had.
   *
   * @param completedNanos {@link System#nanoTime} of this machine when the last part of it was
   *     notified; {@link #NEVER} if one is missing
   * @param repeated notifications that were not to come
   */
  public record Event(
      String id, int enrich, int chat, int notified, long completedNanos, int repeated) {
    /** The last two columns are missing in worlds that know leads of a single part only. */
    private static final int COLUMNS_WITH_PARTS = 8;

    static Event parse(String line) {
      String[] columns = line.split(" ", -1);
      int notified = Integer.parseInt(columns[3]);
      boolean parts = columns.length >= COLUMNS_WITH_PARTS;
      return new Event(
          columns[0],
          Integer.parseInt(columns[1]),
          Integer.parseInt(columns[2]),
          notified,
          parts ? Long.parseLong(columns[6]) : notified == 0 ? NEVER : Long.parseLong(columns[4]),
          parts ? Integer.parseInt(columns[7]) : Math.max(0, notified - 1));
    }
  }

  /** A lead's first call of one endpoint; {@link System#nanoTime}, or {@link #NEVER}. */
  public record Call(long arrivedNanos, long answeredNanos) {}

  public record Calls(String id, Call enrich, Call chat, Call notification) {
    static Calls parse(String line) {
      String[] columns = line.split(" ", -1);
      return new Calls(columns[0], call(columns, 1), call(columns, 3), call(columns, 5));
    }

    private static Call call(String[] columns, int from) {
      return new Call(Long.parseLong(columns[from]), Long.parseLong(columns[from + 1]));
    }
  }

  /** How many leads of a prefix were notified of all their parts. */
  public int completed(String prefix) throws IOException, InterruptedException {
    return stats(prefix).path("completed").asInt();
  }

  public int misrouted(String prefix) throws IOException, InterruptedException {
    return stats(prefix).path("misrouted").asInt();
  }

  public List<Event> events(String prefix) throws IOException, InterruptedException {
    return get("/events?run=" + encoded(prefix + "-"))
        .lines()
        .filter(line -> !line.isBlank())
        .map(Event::parse)
        .toList();
  }

  public List<Calls> calls(String prefix) throws IOException, InterruptedException {
    return get("/calls?run=" + encoded(prefix + "-"))
        .lines()
        .filter(line -> !line.isBlank())
        .map(Calls::parse)
        .toList();
  }

  private JsonNode stats(String prefix) throws IOException, InterruptedException {
    return JSON.readTree(get("/stats?run=" + encoded(prefix)));
  }

  private String get(String path) throws IOException, InterruptedException {
    return exchange("GET", path);
  }

  private String exchange(String method, String path) throws IOException, InterruptedException {
    String request =
        "%s %s HTTP/1.1\r\nHost: %s\r\nContent-Length: 0\r\n\r\n"
            .formatted(method, path, url.getRawAuthority());
    HttpConnection.Answer answer = connections.exchange(request.getBytes(US_ASCII));
    if (!answer.isSuccess()) {
      throw new IOException("%s %s%s answered %d".formatted(method, url, path, answer.status()));
    }
    return answer.body();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  @Override
  public void close() throws IOException {
    connections.close();
  }
}
