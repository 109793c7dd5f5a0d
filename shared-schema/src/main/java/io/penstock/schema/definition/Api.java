package io.penstock.schema.definition;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP API that steps call.
 *
 * @param baseUrl absolute, http or https, no query
 * @param headers sent with every request
 * @param timeout of one call, connect and answer together
 * @param allowPrivateAddresses whether loopback, private and link-local addresses may be called
 * @param limits of all steps' calls together
 */
public record Api(
    String name,
    URI baseUrl,
    Auth auth,
    Map<String, String> headers,
    Duration timeout,
    boolean allowPrivateAddresses,
    CallLimits limits)
    implements Definition {
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  public Api {
    headers = Map.copyOf(headers);
  }

  @Override
  public DefinitionKey key() {
    return new DefinitionKey("Api", name, Optional.empty());
  }

  /** How a call proves who it comes from. Secrets are references {@code secret://name/key}. */
  public sealed interface Auth {}

  public record NoAuth() implements Auth {}

  /** {@code Authorization: Bearer <secret>}. */
  public record Bearer(String secret) implements Auth {}

  /** A header of any name. */
  public record Header(String name, String secret) implements Auth {}

  /** {@code Authorization: Basic}, from a user name and a secret. */
  public record Basic(String user, String secret) implements Auth {}
}
