package io.penstock.schema.definition;

import io.penstock.schema.expression.Template;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A sender of webhooks: {@code POST /webhooks/<name>}.
 *
 * @param event how a request becomes an event
 */
public record Source(String name, Signature signature, Mapping event) implements Definition {

  @Override
  public DefinitionKey key() {
    return new DefinitionKey("Source", name, Optional.empty());
  }

  /** How the sender proves that it is the sender. */
  public sealed interface Signature {}

  /**
   * Standard Webhooks 1.0: {@code webhook-id}, {@code webhook-timestamp}, {@code
   * webhook-signature}.
   *
   * @param secrets references {@code secret://name/key}; any of them may have signed
   * @param tolerance how far the sender's clock may be off, both ways
   */
  public record StandardWebhooks(List<String> secrets, Duration tolerance) implements Signature {
    public StandardWebhooks {
      secrets = List.copyOf(secrets);
    }
  }

  /**
   * HMAC over the raw body in one header.
   *
   * @param algorithm {@code sha256}, {@code sha512} or {@code sha1}
   * @param prefix in front of the signature, e.g. {@code sha256=}; may be empty
   */
  public record Hmac(
      List<String> secrets, String header, String algorithm, String prefix, Encoding encoding)
      implements Signature {
    public Hmac {
      secrets = List.copyOf(secrets);
    }
  }

  /** How signature bytes are written. */
  public enum Encoding {
    HEX,
    BASE64
  }

  /** Anybody may send: said aloud in the definition ({@code scheme: none}). */
  public record Unsigned() implements Signature {}

  /**
   * Expressions over {@code headers} (lower-case names), {@code query} and {@code body}.
   *
   * @param id what makes the event unique at this sender; absent: {@code id: random}, which waives
   *     deduplication
   * @param partitionKey events with the same one stay in order; absent: the event's own
   * @param data absent: the whole body
   */
  public record Mapping(
      Optional<Template> id,
      Template type,
      Optional<Template> subject,
      Optional<Template> time,
      Optional<Template> partitionKey,
      Optional<Template> data) {}
}
