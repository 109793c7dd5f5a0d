package io.penstock.console.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same table as ingest's: both services keep one rule. */
class LocalAccessTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, localhost, , true",
    "127.0.0.1, LOCALHOST, , true",
    "127.0.0.1, 127.0.0.1, http://localhost:8080, true",
    "0:0:0:0:0:0:0:1, '[::1]', 'http://[::1]:8080', true",
    "127.0.0.1, rebound.example, , false",
    "127.0.0.1, 127.0.0.1.example, , false",
    "127.0.0.1, , , false",
    "127.0.0.1, localhost, http://rebound.example:8080, false",
    "127.0.0.1, localhost, http://127.0.0.1.example, false",
    "127.0.0.1, localhost, null, false",
    "127.0.0.1, localhost, 'no address', false",
    "192.0.2.7, localhost, , false"
  })
  void only_this_machine_asking_by_a_loopback_name_is_local(
      String remote, String host, String origin, boolean local) {
    HostAndPort asked = host == null ? null : HostAndPort.create(host, 8_080);
    assertThat(LocalAccess.isLocal(SocketAddress.inetSocketAddress(4_711, remote), asked, origin))
        .isEqualTo(local);
  }

  @Test
  void an_unknown_machine_is_not_local() {
    assertThat(LocalAccess.isLocal(null, HostAndPort.create("localhost", 8_080), null)).isFalse();
  }
}
