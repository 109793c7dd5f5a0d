package io.penstock.benchmark.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Turns a lead into the bytes of an HTTP request, signed as a Standard Webhook if asked for. */
final class WebhookRequest {
  private static final String SECRET_PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";

  private final String head;
  private final Optional<SecretKeySpec> key;

  /**
   * @param secret {@code whsec_} and Base64, as a Standard Webhooks secret is written
   * @throws IllegalArgumentException if the secret is none
   */
  WebhookRequest(URI url, Optional<String> secret) {
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    head =
        "POST "
            + path
            + query
            + " HTTP/1.1\r\nHost: "
            + url.getRawAuthority()
            + "\r\nContent-Type: application/json\r\n";
    key = secret.map(WebhookRequest::key);
  }

  private static SecretKeySpec key(String secret) {
    if (!secret.startsWith(SECRET_PREFIX)) {
      throw new IllegalArgumentException(
          "the secret does not begin with '"
              + SECRET_PREFIX
              + "'; give a Standard Webhooks secret");
    }
    return new SecretKeySpec(
        Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length())), ALGORITHM);
  }

  byte[] bytes(Leads.Lead lead, Instant now) {
    byte[] body = lead.body().getBytes(UTF_8);
    StringBuilder text = new StringBuilder(head);
    key.ifPresent(
        secret -> {
          String timestamp = Long.toString(now.getEpochSecond());
          String signed = lead.id() + "." + timestamp + "." + lead.body();
          text.append("webhook-id: ").append(lead.id()).append("\r\n");
          text.append("webhook-timestamp: ").append(timestamp).append("\r\n");
          text.append("webhook-signature: v1,").append(sign(secret, signed)).append("\r\n");
        });
    text.append("Content-Length: ").append(body.length).append("\r\n\r\n").append(lead.body());
    return text.toString().getBytes(UTF_8);
  }

  private static String sign(SecretKeySpec key, String content) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
