package io.penstock.cli.server;

import io.penstock.cli.CliException;
import io.penstock.cli.ExitCode;
import java.net.URI;
import picocli.CommandLine.Option;

/** {@code --server}, for every command that needs one. */
public final class ServerOption {
  /** Environment variable with the address for all commands. */
  public static final String VARIABLE = "PENSTOCK_SERVER";

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "${env:" + VARIABLE + ":-http://127.0.0.1:8080}",
      description = "Address of the server (now: ${DEFAULT-VALUE}).")
  private String server;

  /**
   * @throws CliException if the address is none
   */
  public ServerClient client() {
    try {
      URI uri = URI.create(server);
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return new ServerClient(uri);
      }
    } catch (IllegalArgumentException e) {
      // Answered below.
    }
    throw new CliException(
        ExitCode.USAGE,
        "'%s' is no address of a server (--server or %s); write for example http://127.0.0.1:8080"
            .formatted(server, VARIABLE));
  }
}
