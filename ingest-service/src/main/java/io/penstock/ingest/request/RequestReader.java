package io.penstock.ingest.request;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.penstock.ingest.problem.Reason;
import io.penstock.ingest.problem.RejectedException;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Takes the parts out of an HTTP request. */
public final class RequestReader {
  private RequestReader() {}

  /**
   * @throws RejectedException ({@code malformed}) if the query cannot be decoded
   */
  public static IncomingRequest read(HttpServerRequest http, byte[] body) throws RejectedException {
    return new IncomingRequest(headers(http), query(http), body);
  }

  /** Below 0: the request has none, so its body is chunked or empty. */
  public static long contentLength(HttpServerRequest http) {
    String header = http.getHeader("content-length");
    try {
      return header == null ? -1 : Long.parseLong(header);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static Map<String, String> query(HttpServerRequest http) throws RejectedException {
    // Not http.params(): routing adds the parameters of the path there.
    if (http.query() == null) {
      return Map.of();
    }
    Map<String, String> first = new HashMap<>();
    try {
      new QueryStringDecoder(http.query(), false)
          .parameters()
          .forEach((name, values) -> first.put(name, values.getFirst()));
    } catch (IllegalArgumentException e) {
      throw new RejectedException(
          Reason.MALFORMED, "the query of the address is not percent-encoded UTF-8");
    }
    return first;
  }

  private static Map<String, String> headers(HttpServerRequest http) {
    Map<String, String> first = new HashMap<>();
    http.headers()
        .forEach((name, value) -> first.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
    return first;
  }
}
