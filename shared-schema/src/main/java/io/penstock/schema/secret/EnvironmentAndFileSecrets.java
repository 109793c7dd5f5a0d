package io.penstock.schema.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Secrets of the process: {@code secret://crm/token} is the environment variable {@code
 * PENSTOCK_SECRET_CRM_TOKEN}, or else the file {@code <directory>/crm/token}, as Kubernetes mounts
 * it. Files are read at each use (they are small), so a rotated one counts at once.
 *
 * <p>A reference cannot leave the directory: its parts hold no slash and neither begin nor end with
 * a dot. Links inside the directory are followed, because mounted secrets consist of them.
 */
public final class EnvironmentAndFileSecrets implements SecretResolver {
  private static final String PREFIX = "PENSTOCK_SECRET_";
  private static final long MAX_BYTES = 64 * 1024;

  private final Map<String, String> environment;
  private final Optional<Path> directory;

  /**
   * @param environment usually {@link System#getenv()}
   * @param directory absent: environment only
   */
  public EnvironmentAndFileSecrets(Map<String, String> environment, Optional<Path> directory) {
    this.environment = Map.copyOf(environment);
    this.directory = directory;
  }

  /** The environment variable of a reference. Others that differ only in signs share it. */
  public static String variable(SecretReference reference) {
    return PREFIX
        + (reference.name() + "_" + reference.key())
            .toUpperCase(Locale.ROOT)
            .replaceAll("[^A-Z0-9]", "_");
  }

  @Override
  public Secret resolve(SecretReference reference) throws UnknownSecretException {
    String variable = environment.getOrDefault(variable(reference), "");
    Optional<String> value = variable.isEmpty() ? file(reference) : Optional.of(variable);
    return value.map(Secret::new).orElseThrow(() -> unknown(reference));
  }

  private Optional<String> file(SecretReference reference) throws UnknownSecretException {
    if (directory.isEmpty()) {
      return Optional.empty();
    }
    Path file = path(directory.get(), reference);
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new UnknownSecretException(
            "cannot read %s: %s is larger than %d bytes".formatted(reference, file, MAX_BYTES));
      }
      String text = decode(Files.readAllBytes(file)).replaceFirst("\\R\\z", "");
      return text.isEmpty() ? Optional.empty() : Optional.of(text);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    } catch (CharacterCodingException e) {
      throw new UnknownSecretException(
          "cannot read %s: %s is not UTF-8".formatted(reference, file));
    } catch (IOException e) {
      // The exception's text would only repeat the path; its type says denied, directory, …
      throw new UnknownSecretException(
          "cannot read %s from %s: %s".formatted(reference, file, e.getClass().getSimpleName()));
    }
  }

  private UnknownSecretException unknown(SecretReference reference) {
    return new UnknownSecretException(
        "there is no secret %s: the environment variable %s is not set, and %s"
            .formatted(
                reference,
                variable(reference),
                directory
                    .map(folder -> "there is no text in the file " + path(folder, reference))
                    .orElse("no directory for secrets is configured")));
  }

  private static Path path(Path directory, SecretReference reference) {
    return directory.resolve(reference.name()).resolve(reference.key());
  }

  private static String decode(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
