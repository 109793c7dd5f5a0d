package io.penstock.worker.call;

import java.net.http.HttpHeaders;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What came back, whatever its status. */
public final class HttpAnswer {
  private final int status;
  private final HttpHeaders headers;
  private final byte[] body;

  HttpAnswer(int status, HttpHeaders headers, byte[] body) {
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

  public Map<String, List<String>> headers() {
    return headers.map();
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
    return RetryAfter.of(headers, now);
  }

  boolean saysJson() {
    String type = mediaType();
    return type.equals("application/json") || type.endsWith("+json");
  }

  private String mediaType() {
    String type = headers.firstValue("content-type").orElse("");
    int parameters = type.indexOf(';');
    return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
  }

  private Charset charset() {
    String type = headers.firstValue("content-type").orElse("").toLowerCase(Locale.ROOT);
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
