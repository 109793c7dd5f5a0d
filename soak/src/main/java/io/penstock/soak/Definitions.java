package io.penstock.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.soak.world.StubWorld;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The definitions that the suite works with. */
final class Definitions {
  private Definitions() {}

  /**
   * @param port where the world, or what stands before it, listens
   */
  static String forWorldAt(int port) throws IOException {
    try (InputStream yaml = StubWorld.class.getResourceAsStream("definitions.yaml")) {
      return new String(Objects.requireNonNull(yaml).readAllBytes(), UTF_8)
          .replace("PORT", Integer.toString(port));
    }
  }
}
