package io.penstock.ingest.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.ingest.request.IncomingRequest;
import io.penstock.schema.definition.Source;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether a request comes from its source: over the raw bytes, in constant time, and for schemes
 * with a timestamp within the tolerance both ways. Pure. The answer is yes or no and never why, so
 * that nobody learns by trying.
 */
public final class SignatureCheck {
  private SignatureCheck() {}

  /**
   * @param keys what {@link #key} made of the secrets; any of them may have signed; none: nobody
   *     can have
   */
  public static boolean accepts(
      Source.Signature scheme, IncomingRequest request, List<byte[]> keys, Instant now) {
    return switch (scheme) {
      case Source.StandardWebhooks standard ->
          StandardWebhooksSignature.accepts(
              request.headers(), request.body(), keys, standard.tolerance(), now);
      case Source.Hmac hmac -> HmacSignature.accepts(hmac, request.headers(), request.body(), keys);
      case Source.Unsigned ignored -> true;
    };
  }

  /** References of the secrets with which the sender may sign. */
  public static List<String> secretsOf(Source.Signature scheme) {
    return switch (scheme) {
      case Source.StandardWebhooks standard -> standard.secrets();
      case Source.Hmac hmac -> hmac.secrets();
      case Source.Unsigned ignored -> List.of();
    };
  }

  /**
   * The key in a secret's text.
   *
   * @return empty if nothing can be signed with it: it is empty, or not in the scheme's form
   */
  public static Optional<byte[]> key(Source.Signature scheme, String secret) {
    return switch (scheme) {
      case Source.StandardWebhooks ignored -> StandardWebhooksSignature.key(secret);
      case Source.Hmac ignored -> Optional.of(secret.getBytes(UTF_8)).filter(key -> key.length > 0);
      case Source.Unsigned ignored -> Optional.empty();
    };
  }
}
