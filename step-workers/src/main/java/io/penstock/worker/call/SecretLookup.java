package io.penstock.worker.call;

import io.penstock.schema.message.ErrorType;
import io.penstock.schema.secret.UnknownSecretException;
import io.penstock.worker.runtime.WorkerSecrets;
import jakarta.enterprise.context.ApplicationScoped;

/** Secrets for calls; a missing one is the definition's or the environment's mistake. */
@ApplicationScoped
public class SecretLookup {
  private final WorkerSecrets secrets;

  public SecretLookup(WorkerSecrets secrets) {
    this.secrets = secrets;
  }

  /** A value made of a secret, to be taken out of whatever leaves the worker. */
  void hide(String derived) {
    secrets.hide(derived);
  }

  /**
   * @param reference {@code secret://name/key}
   * @param who what needs it, for the message
   * @throws CallFailedException {@code configuration} if there is none
   */
  public String require(String reference, String who) throws CallFailedException {
    try {
      return secrets.resolver().resolve(reference).reveal();
    } catch (UnknownSecretException e) {
      throw new CallFailedException(ErrorType.CONFIGURATION, who + ": " + e.getMessage());
    }
  }
}
