package io.penstock.schema.secret;

/** Finds the value behind a reference, at the place where it is used. Thread-safe. */
@FunctionalInterface
public interface SecretResolver {
  /**
   * The value as it is now: ask again for each use, so that a rotated secret is noticed.
   *
   * @throws UnknownSecretException if there is none; a {@code configuration} error of a step
   */
  Secret resolve(SecretReference reference) throws UnknownSecretException;

  /**
   * As {@link #resolve(SecretReference)}, for a reference as definitions hold it.
   *
   * @throws IllegalArgumentException if it is no reference, which no definition that was read can
   *     hold; the text is not shown, it may be the secret
   */
  default Secret resolve(String reference) throws UnknownSecretException {
    return resolve(
        SecretReference.parse(reference)
            .orElseThrow(() -> new IllegalArgumentException("not a reference secret://name/key")));
  }
}
