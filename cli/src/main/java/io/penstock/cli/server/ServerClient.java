package io.penstock.cli.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.penstock.cli.CliException;
import io.penstock.cli.ExitCode;
import io.penstock.schema.json.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Speaks to a server. */
public final class ServerClient {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  private final URI server;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_LIMIT)
          .build();

  public ServerClient(URI server) {
    this.server = server;
  }

  /**
   * Asks.
   *
   * @param path begins with a slash; parts of it are {@link #encode}d
   * @param query values that are null are left out
   * @throws UnreachableException if the server cannot be reached, or does not answer in time
   */
  public Answer get(String path, Map<String, String> query, Duration limit) {
    String parameters =
        query.entrySet().stream()
            .filter(parameter -> parameter.getValue() != null)
            .map(parameter -> parameter.getKey() + "=" + encode(parameter.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(at(path + (parameters.isEmpty() ? "" : "?" + parameters))).GET(),
        limit);
  }

  /** Sends JSON; see {@link #get}. */
  public Answer post(String path, Json body, Duration limit) {
    return post(path, "application/json", body, limit);
  }

  /** Sends JSON of some type; see {@link #get}. */
  public Answer post(String path, String contentType, Json body, Duration limit) {
    return send(
        HttpRequest.newBuilder(at(path))
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.utf8())),
        limit);
  }

  /** One part of a path or query. */
  public static String encode(String part) {
    return URLEncoder.encode(part, UTF_8).replace("+", "%20").replace("%7E", "~");
  }

  private URI at(String path) {
    String base = server.toString();
    return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
  }

  private Answer send(HttpRequest.Builder request, Duration limit) {
    try {
      HttpResponse<byte[]> response =
          http.send(
              request.timeout(limit).header("Accept", "application/json").build(),
              HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), json(response.body()), retryAfter(response));
    } catch (HttpConnectTimeoutException | ConnectException e) {
      throw new UnreachableException(
          ExitCode.SOFTWARE,
          "no server answers at %s; start one with 'penstock dev', or name another with --server"
              .formatted(server),
          false);
    } catch (HttpTimeoutException e) {
      throw new UnreachableException(
          ExitCode.TIMEOUT,
          "the server at %s did not answer within %d s; it may still do what was asked"
              .formatted(server, limit.toSeconds()),
          true);
    } catch (IOException e) {
      throw new UnreachableException(
          ExitCode.SOFTWARE,
          "the connection to %s broke: %s".formatted(server, e.getMessage()),
          true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException(ExitCode.SOFTWARE, "interrupted");
    }
  }

  /** In seconds; the form with a date is not used by our servers. */
  private static Optional<Duration> retryAfter(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("\\d{1,5}"))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
  }

  private static Json json(byte[] body) {
    try {
      return Json.parse(body);
    } catch (JsonProcessingException e) {
      return Json.NULL;
    }
  }
}
