package io.penstock.worker.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.schema.message.ErrorType;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Who may answer for a name: only whoever shows its certificate. */
class OutboundTlsTest {
  @RegisterExtension static final WayOut WAY_OUT = new WayOut();
  @TempDir static Path folder;

  /** The certificate of {@code crm.example}, by nobody that a JVM trusts. */
  private static PfxOptions certificate;

  private static HttpServer server;

  @BeforeAll
  static void serve() throws Exception {
    TestCertificate own = TestCertificate.of("crm.example", folder);
    certificate = new PfxOptions().setPath(own.store().toString()).setPassword(own.password());
    server =
        WAY_OUT
            .vertx()
            .createHttpServer(
                new HttpServerOptions().setSsl(true).setSni(true).setKeyCertOptions(certificate))
            .requestHandler(
                request ->
                    request
                        .response()
                        .end("asked as " + request.connection().indicatedServerName()))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  @AfterAll
  static void stop() {
    server.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void a_certificate_that_nobody_vouches_for_is_refused() {
    OutboundHttp http = http(false);
    assertNotCalled(http, "crm.example");
    http.close();
  }

  @Test
  void a_certificate_of_another_name_is_refused() {
    OutboundHttp http = http(true);
    assertNotCalled(http, "billing.example");
    assertNotCalled(http, "127.0.0.1");
    http.close();
  }

  @Test
  void the_server_is_asked_for_the_name_and_not_for_the_address() throws Exception {
    OutboundHttp http = http(true);
    assertThat(http.send(call("crm.example")).text()).isEqualTo("asked as crm.example");
    http.close();
  }

  private static void assertNotCalled(OutboundHttp http, String host) {
    CallFailedException failure =
        catchThrowableOfType(CallFailedException.class, () -> http.send(call(host)));
    assertThat(failure.error().type()).isEqualTo(ErrorType.COMMUNICATION);
    assertThat(failure.error().message())
        .isEqualTo("Api 'crm': GET /: no answer (no secure connection)");
  }

  /** Every name leads to the server. */
  private static OutboundHttp http(boolean trusting) {
    return new OutboundHttp(
        WAY_OUT.vertx(),
        new AddressGuard(host -> InetAddress.getAllByName("127.0.0.1")),
        trusting ? OutboundHttp.options().setTrustOptions(certificate) : OutboundHttp.options());
  }

  private static HttpCall call(String host) {
    return new HttpCall(
        "Api 'crm': GET /",
        "GET",
        URI.create("https://" + host + ":" + server.actualPort() + "/"),
        Map.of(),
        Optional.empty(),
        Duration.ofSeconds(30),
        true);
  }
}
