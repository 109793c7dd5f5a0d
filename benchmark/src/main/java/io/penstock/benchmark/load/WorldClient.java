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
   * @param firstNotifyNanos {@link System#nanoTime} of this machine; without meaning if there was
   *     none
   */
  public record Event(String id, int enrich, int chat, int notified, long firstNotifyNanos) {
    static Event parse(String line) {
      String[] columns = line.split(" ", -1);
      return new Event(
          columns[0],
          Integer.parseInt(columns[1]),
          Integer.parseInt(columns[2]),
          Integer.parseInt(columns[3]),
          Long.parseLong(columns[4]));
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

  /** How many leads of a prefix were notified. */
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
