package io.penstock.schema.definition;

import java.time.Duration;
import java.util.Optional;

/**
 * A way to tell people something.
 *
 * @param type what the other side expects
 * @param url where to post; a {@code secret://name/key} reference when the address itself is the
 *     credential, as with Slack's incoming webhooks
 * @param secret for {@link Type#HTTP}: signs the request by Standard Webhooks when given
 * @param limits of all steps' messages together
 */
public record Channel(
    String name,
    Type type,
    String url,
    Optional<String> secret,
    Duration timeout,
    boolean allowPrivateAddresses,
    CallLimits limits)
    implements Definition {
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);

  @Override
  public DefinitionKey key() {
    return new DefinitionKey("Channel", name, Optional.empty());
  }

  /** The form of the request. */
  public enum Type {
    /** {@code {"text":…, "execution":…, "step":…}}. */
    HTTP,
    /** {@code {"text":…}}, as Slack's incoming webhooks take it. */
    SLACK
  }
}
