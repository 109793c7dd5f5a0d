package io.penstock.worker.call;

import io.vertx.core.MultiMap;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What came back, whatever its status. */
public final class HttpAnswer {
  private final int status;
  private final MultiMap headers;
  private final byte[] body;

  HttpAnswer(int status, MultiMap headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  public int status() {
    return status;
  }

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** Values by name in any case. */
  public Map<String, List<String>> headers() {
    Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.names().forEach(name -> all.put(name, List.copyOf(headers.getAll(name))));
    return all;
  }

  /** The bytes themselves, not a copy. */
  public byte[] body() {
    return body;
  }

  /** By the charset that the content type names, else UTF-8. */
  public String text() {
    return new String(body, charset());
  }

  /** How long the other side asks to wait before the next try. */
  public Optional<Duration> retryAfter(Instant now) {
    return first("retry-after-ms")
        .flatMap(RetryAfter::ofMillis)
        .or(() -> first("retry-after").flatMap(wish -> RetryAfter.of(wish, now)));
  }

  boolean saysJson() {
    String type = mediaType();
    return type.equals("application/json") || type.endsWith("+json");
  }

  private Optional<String> first(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  private String mediaType() {
    String type = first("content-type").orElse("");
    int parameters = type.indexOf(';');
    return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
  }

  private Charset charset() {
    String type = first("content-type").orElse("").toLowerCase(Locale.ROOT);
    int at = type.indexOf("charset=");
    if (at < 0) {
      return StandardCharsets.UTF_8;
    }
    String name = type.substring(at + "charset=".length()).replace("\"", "").split(";", 2)[0];
    return Optional.of(name.strip())
        .filter(HttpAnswer::isSupported)
        .map(Charset::forName)
        .orElse(StandardCharsets.UTF_8);
  }

  private static boolean isSupported(String charset) {
    try {
      return Charset.isSupported(charset);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
