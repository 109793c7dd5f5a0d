package io.penstock.ingest.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Standard Webhooks 1.0, symmetric: {@code v1,} and base64 of HMAC-SHA256 over {@code
 * <id>.<timestamp>.<body>}. The header may list several signatures, by other keys or of other
 * versions, separated by spaces; one that matches is enough.
 */
final class StandardWebhooksSignature {
  static final String ID = "webhook-id";
  static final String TIMESTAMP = "webhook-timestamp";
  static final String SIGNATURE = "webhook-signature";

  private static final String VERSION_PREFIX = "v1,";
  private static final String SECRET_PREFIX = "whsec_";
  private static final Pattern EPOCH_SECONDS = Pattern.compile("[0-9]{1,12}");

  private StandardWebhooksSignature() {}

  static boolean accepts(
      Map<String, String> headers,
      byte[] body,
      List<byte[]> keys,
      Duration tolerance,
      Instant now) {
    String id = headers.getOrDefault(ID, "");
    String timestamp = headers.getOrDefault(TIMESTAMP, "");
    boolean signed =
        signedBy(keys, id, timestamp, body, signatures(headers.getOrDefault(SIGNATURE, "")));
    return signed && !id.isEmpty() && isCurrent(timestamp, tolerance, now);
  }

  /**
   * @return empty if the secret is not base64 or has no bytes: nobody can have signed with it
   */
  static Optional<byte[]> key(String secret) {
    String base64 =
        secret.startsWith(SECRET_PREFIX) ? secret.substring(SECRET_PREFIX.length()) : secret;
    return decode(base64).filter(key -> key.length > 0);
  }

  /** Every key is tried with every signature, so that the time taken tells nothing. */
  private static boolean signedBy(
      List<byte[]> keys, String id, String timestamp, byte[] body, List<byte[]> signatures) {
    byte[] prefix = (id + "." + timestamp + ".").getBytes(UTF_8);
    boolean matched = false;
    for (byte[] key : keys) {
      byte[] expected = HmacDigest.SHA256.of(key, prefix, body);
      for (byte[] signature : signatures) {
        matched |= MessageDigest.isEqual(expected, signature);
      }
    }
    return matched;
  }

  private static List<byte[]> signatures(String header) {
    List<byte[]> found = new ArrayList<>();
    for (String part : header.split(" ", -1)) {
      if (part.startsWith(VERSION_PREFIX)) {
        decode(part.substring(VERSION_PREFIX.length())).ifPresent(found::add);
      }
    }
    return found;
  }

  private static boolean isCurrent(String timestamp, Duration tolerance, Instant now) {
    if (!EPOCH_SECONDS.matcher(timestamp).matches()) {
      return false;
    }
    try {
      Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
      return Duration.between(sent, now).abs().compareTo(tolerance) <= 0;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static Optional<byte[]> decode(String base64) {
    try {
      return Optional.of(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
