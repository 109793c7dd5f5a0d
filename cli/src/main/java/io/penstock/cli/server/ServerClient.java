package io.penstock.cli.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.penstock.cli.CliException;
import io.penstock.cli.ExitCode;
import io.penstock.schema.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
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
import java.util.function.Predicate;
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
    return send(HttpRequest.newBuilder(at(path + parameters(query))).GET(), limit);
  }

  /**
   * Asks for what may be larger than memory.
   *
   * @param limit until the answer begins; the rest of it may take as long as it likes
   * @param lines takes the lines of a success as they come; false: no more is wanted
   * @return the answer without its lines, or a refusal with its body
   * @throws UnreachableException also if the connection breaks in the middle
   */
  public Answer lines(
      String path, Map<String, String> query, Duration limit, Predicate<String> lines) {
    return exchange(
        HttpRequest.newBuilder(at(path + parameters(query))).GET(),
        limit,
        HttpResponse.BodyHandlers.ofInputStream(),
        response -> {
          try (InputStream body = response.body()) {
            Answer answer = new Answer(response.statusCode(), Json.NULL, retryAfter(response));
            if (!answer.isSuccess()) {
              return new Answer(answer.status(), json(body.readAllBytes()), answer.retryAfter());
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(body, UTF_8));
            String line = reader.readLine();
            while (line != null && lines.test(line)) {
              line = reader.readLine();
            }
            return answer;
          }
        });
  }

  private static String parameters(Map<String, String> query) {
    String parameters =
        query.entrySet().stream()
            .filter(parameter -> parameter.getValue() != null)
            .map(parameter -> parameter.getKey() + "=" + encode(parameter.getValue()))
            .collect(Collectors.joining("&"));
    return parameters.isEmpty() ? "" : "?" + parameters;
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
    return exchange(
        request.header("Accept", "application/json"),
        limit,
        HttpResponse.BodyHandlers.ofByteArray(),
        response -> new Answer(response.statusCode(), json(response.body()), retryAfter(response)));
  }

  /** Reads a response to its end. */
  @FunctionalInterface
  private interface Reading<T> {
    Answer read(HttpResponse<T> response) throws IOException;
  }

  private <T> Answer exchange(
      HttpRequest.Builder request,
      Duration limit,
      HttpResponse.BodyHandler<T> form,
      Reading<T> reading) {
    try {
      return reading.read(http.send(request.timeout(limit).build(), form));
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
