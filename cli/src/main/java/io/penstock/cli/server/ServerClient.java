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
import java.util.stream.Collectors;

/** Speaks to a server. */
public final class ServerClient {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  private final URI server;

  public ServerClient(URI server) {
    this.server = server;
  }

  /**
   * Asks.
   *
   * @param path begins with a slash; parts of it are {@link #encode}d
   * @param query values that are null are left out
   * @throws CliException if the server cannot be reached, or not in time
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
    return send(
        HttpRequest.newBuilder(at(path))
            .header("Content-Type", "application/json")
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
    try (HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build()) {
      HttpResponse<byte[]> response =
          http.send(
              request.timeout(limit).header("Accept", "application/json").build(),
              HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), json(response.body()));
    } catch (HttpConnectTimeoutException | ConnectException e) {
      throw new CliException(
          ExitCode.SOFTWARE,
          "no server answers at %s; start one with 'penstock dev', or name another with --server"
              .formatted(server));
    } catch (HttpTimeoutException e) {
      throw new CliException(
          ExitCode.TIMEOUT,
          "the server at %s did not answer within %d s; it may still do what was asked"
              .formatted(server, limit.toSeconds()));
    } catch (IOException e) {
      throw new CliException(
          ExitCode.SOFTWARE, "the connection to %s broke: %s".formatted(server, e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException(ExitCode.SOFTWARE, "interrupted");
    }
  }

  private static Json json(byte[] body) {
    try {
      return Json.parse(body);
    } catch (JsonProcessingException e) {
      return Json.NULL;
    }
  }
}
