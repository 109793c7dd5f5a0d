package io.penstock.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import picocli.CommandLine.IVersionProvider;

/** The version that the build has written into the jar. */
final class VersionText implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    try (InputStream in = VersionText.class.getResourceAsStream("version.txt")) {
      return new String[] {"penstock " + new String(in.readAllBytes(), UTF_8).strip()};
    }
  }
}
