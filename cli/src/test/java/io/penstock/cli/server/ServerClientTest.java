package io.penstock.cli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.cli.CliException;
import io.penstock.cli.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerClientTest {
  @Test
  void a_server_that_takes_the_call_and_says_nothing_is_a_timeout() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ServerClient client =
          new ServerClient(URI.create("http://127.0.0.1:" + silent.getLocalPort()));

      CliException timeout =
          catchThrowableOfType(
              CliException.class,
              () -> client.get("/api/executions", Map.of(), Duration.ofMillis(200)));

      assertThat(timeout.exitCode()).isEqualTo(ExitCode.TIMEOUT);
      assertThat(timeout).hasMessageContaining("127.0.0.1:" + silent.getLocalPort());
    }
  }
}
