package io.penstock.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.penstock.schema.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Somebody outside. */
public final class Client {
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;

  public Client(URI base) {
    this.base = base;
  }

  /** An answer, its JSON parsed. */
  public record Answer(int status, Map<String, String> headers, Json body) {
    public Object at(String... path) {
      return body.at(path);
    }

    public List<?> list(String... path) {
      return (List<?>) body.at(path);
    }
  }

  public Answer post(String path, Map<String, String> headers, byte[] body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
    headers.forEach(request::header);
    return send(request.POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  public Answer json(String path, String body) {
    return post(path, Map.of("content-type", "application/json"), body.getBytes(UTF_8));
  }

  public Answer get(String path) {
    return send(HttpRequest.newBuilder(base.resolve(path)).GET());
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> response =
          http.send(
              request.timeout(Duration.ofSeconds(30)).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      Map<String, String> headers = new LinkedHashMap<>();
      response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
      return new Answer(response.statusCode(), headers, Json.parse(response.body()));
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  public Client awaitReady() {
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(() -> assertThat(get("/q/health/ready").status()).isEqualTo(200));
    return this;
  }

  public Answer apply(String yaml) {
    return post(
        "/definitions?file=test.yaml",
        Map.of("content-type", "application/yaml"),
        yaml.getBytes(UTF_8));
  }

  public void applied(String yaml) {
    Answer answer = apply(yaml);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
  }

  /** Signed as a source with the scheme {@code hmac} demands. */
  public Answer signed(String source, String json) {
    byte[] body = json.getBytes(UTF_8);
    return post("/webhooks/" + source, hmacHeaders(body), body);
  }

  public static Map<String, String> hmacHeaders(byte[] body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", "application/json");
    headers.put(
        "x-signature",
        "sha256=" + HexFormat.of().formatHex(hmac(RealBroker.HMAC_SECRET.getBytes(UTF_8), body)));
    return headers;
  }

  public static Map<String, String> standardHeaders(String id, long epochSecond, byte[] body) {
    byte[] key =
        Base64.getDecoder().decode(RealBroker.STANDARD_SECRET.substring("whsec_".length()));
    byte[] prefix = (id + "." + epochSecond + ".").getBytes(UTF_8);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", "application/json");
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", Long.toString(epochSecond));
    headers.put(
        "webhook-signature", "v1," + Base64.getEncoder().encodeToString(hmac(key, prefix, body)));
    return headers;
  }

  private static byte[] hmac(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
