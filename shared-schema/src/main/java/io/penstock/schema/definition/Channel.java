package io.penstock.schema.definition;

import java.time.Duration;
import java.util.Optional;

/**
 * A way to tell people something.
 *
 * @param limits of all steps' messages together
 */
public record Channel(
    String name,
    Destination destination,
    Duration timeout,
    boolean allowPrivateAddresses,
    CallLimits limits)
    implements Definition {
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);

  @Override
  public DefinitionKey key() {
    return new DefinitionKey("Channel", name, Optional.empty());
  }

  /** Where what is told goes, and how. */
  public sealed interface Destination {}

  /**
   * Posted to an address.
   *
   * @param url a {@code secret://name/key} reference when the address itself is the credential, as
   *     with Slack's incoming webhooks
   * @param secret for {@link Type#HTTP}: signs the request by Standard Webhooks when given
   */
  public record Webhook(Type type, String url, Optional<String> secret) implements Destination {}

  /** The form of the request. */
  public enum Type {
    /** {@code {"text":…, "execution":…, "step":…}}. */
    HTTP,
    /** {@code {"text":…}}, as Slack's incoming webhooks take it. */
    SLACK
  }

  /**
   * Handed to a mail server (SMTP).
   *
   * @param from sender of every mail: {@code sales@example.com} or {@code Sales
   *     <sales@example.com>}
   * @param replyTo where answers go, if not to the sender
   */
  public record MailServer(
      String host,
      int port,
      Security security,
      Optional<Login> login,
      String from,
      Optional<String> replyTo)
      implements Destination {}

  /**
   * @param password a {@code secret://name/key} reference
   */
  public record Login(String user, String password) {}

  /** What keeps others from reading and changing what is said to a mail server. */
  public enum Security {
    /** TLS after a greeting in the clear; without it nothing is said. */
    STARTTLS(587),
    /** TLS from the first byte. */
    TLS(465),
    /** Nothing. */
    NONE(25);

    private final int usualPort;

    Security(int usualPort) {
      this.usualPort = usualPort;
    }

    public int usualPort() {
      return usualPort;
    }
  }
}
