package io.penstock.worker.runtime;

import io.penstock.schema.secret.EnvironmentAndFileSecrets;
import io.penstock.schema.secret.Scrubber;
import io.penstock.schema.secret.Secret;
import io.penstock.schema.secret.SecretResolver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The secrets of this process, and what takes them out of all that leaves it. */
@ApplicationScoped
public class WorkerSecrets {
  private final Scrubber scrubber = new Scrubber();
  private final SecretResolver resolver;

  /**
   * @param directory of mounted secrets, {@code <directory>/<name>/<key>}; absent: environment
   *     variables only
   */
  @Inject
  public WorkerSecrets(
      @ConfigProperty(name = "penstock.secrets.directory") Optional<Path> directory) {
    this(new EnvironmentAndFileSecrets(System.getenv(), directory));
  }

  public WorkerSecrets(SecretResolver source) {
    this.resolver = scrubber.watching(source);
  }

  public SecretResolver resolver() {
    return resolver;
  }

  /** Makes a value known that was made of a secret, e.g. the {@code Authorization} of a call. */
  public void hide(String derived) {
    scrubber.remember(new Secret(derived));
  }

  /** Knows every secret that the resolver has handed out, and what was made of them. */
  Scrubber scrubber() {
    return scrubber;
  }
}
