package io.penstock.ingest.signature;

import io.penstock.ingest.start.IngestConfig;
import io.penstock.schema.secret.EnvironmentAndFileSecrets;
import io.penstock.schema.secret.Secret;
import io.penstock.schema.secret.SecretResolver;
import io.penstock.schema.secret.UnknownSecretException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Secrets of the senders, read again after a while, so that a rotated one counts soon and not every
 * webhook costs a file access. One that is missing is looked for at each use: it may just be being
 * put there.
 */
@ApplicationScoped
public class CachedSecrets {
  private final SecretResolver resolver;
  private final Duration keptFor;
  private final InstantSource clock;
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  private record Kept(Secret secret, Instant until) {}

  @Inject
  CachedSecrets(
      IngestConfig config,
      @ConfigProperty(name = "penstock.secrets.directory") Optional<Path> directory) {
    this(
        new EnvironmentAndFileSecrets(System.getenv(), directory),
        config.secretCache(),
        Clock.systemUTC());
  }

  CachedSecrets(SecretResolver resolver, Duration keptFor, InstantSource clock) {
    this.resolver = resolver;
    this.keptFor = keptFor;
    this.clock = clock;
  }

  /**
   * @throws UnknownSecretException if there is none; the message says where it was looked for
   */
  Secret find(String reference) throws UnknownSecretException {
    Instant now = clock.instant();
    Kept known = kept.get(reference);
    if (known != null && now.isBefore(known.until())) {
      return known.secret();
    }
    Secret secret = resolver.resolve(reference);
    kept.put(reference, new Kept(secret, now.plus(keptFor)));
    return secret;
  }
}
