package io.penstock.standalone.dev;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class LoopbackPortTest {
  @Test
  void a_taken_port_is_refused_with_the_option_that_chooses_another() throws Exception {
    try (ServerSocket taken =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> LoopbackPort.requireFree(port, "HTTP", "--port"))
          .isInstanceOf(StartFailedException.class)
          .hasMessageContaining("cannot listen for HTTP on 127.0.0.1:" + port)
          .hasMessageContaining("--port");
    }
  }

  @Test
  void a_free_port_is_accepted() throws Exception {
    int port = LoopbackPort.free();
    assertThatCode(() -> LoopbackPort.requireFree(port, "HTTP", "--port"))
        .doesNotThrowAnyException();
  }
}
