package io.penstock.standalone.demo;

import io.penstock.standalone.demo.world.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/** Secrets made up anew for each demo; never shown. */
final class DemoSecrets {
  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String webhookSecret = StandardWebhook.secret(random());
  private final Credentials credentials = new Credentials(hex(), hex(), hex(), hex(), hex(), hex());

  String webhookSecret() {
    return webhookSecret;
  }

  Credentials credentials() {
    return credentials;
  }

  /**
   * Writes them to where the services look them up: {@code <directory>/<name>/<key>}.
   *
   * @param modelKey instead of the scripted model's, when a real one is asked; else null
   */
  void writeTo(Path directory, String worldUrl, String modelKey) throws IOException {
    write(directory, "crm/webhook", webhookSecret);
    for (Map.Entry<String, String> secret : credentials.bySecret(worldUrl).entrySet()) {
      write(directory, secret.getKey(), secret.getValue());
    }
    if (modelKey != null) {
      write(directory, "openai/key", modelKey);
    }
  }

  private static void write(Path directory, String name, String value) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, value);
  }

  private static String hex() {
    return HexFormat.of().formatHex(random());
  }

  private static byte[] random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
