package io.penstock.worker.call;

import io.vertx.core.Vertx;
import java.net.InetAddress;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test class's own way out, as a static {@code @RegisterExtension}. */
public final class WayOut implements AfterAllCallback {
  private final Vertx vertx = Vertx.vertx();
  private final OutboundHttp http = new OutboundHttp(vertx);

  public OutboundHttp http() {
    return http;
  }

  /** Leads every name to this machine. */
  public static OutboundTcp tcp() {
    return new OutboundTcp(new AddressGuard(host -> InetAddress.getAllByName("127.0.0.1")));
  }

  Vertx vertx() {
    return vertx;
  }

  @Override
  public void afterAll(ExtensionContext context) {
    http.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
