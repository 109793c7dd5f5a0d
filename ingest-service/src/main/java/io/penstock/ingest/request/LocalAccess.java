package io.penstock.ingest.request;

import io.penstock.ingest.problem.Reason;
import io.penstock.ingest.problem.RejectedException;
import io.penstock.ingest.start.IngestConfig;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;

/**
 * Keeps what has no authentication yet to this machine, and away from web pages of somebody else
 * that a browser on this machine shows: such a page sends its own origin, and if its name was made
 * to lead here, that name as host. The console has the same rule.
 */
@ApplicationScoped
public class LocalAccess {
  private static final Set<String> LOOPBACK_NAMES =
      Set.of("localhost", "127.0.0.1", "::1", "[::1]");

  private final boolean openToNetwork;

  LocalAccess(IngestConfig config) {
    this.openToNetwork = config.openToNetwork();
  }

  /**
   * @throws RejectedException ({@code forbidden})
   */
  public void require(HttpServerRequest http) throws RejectedException {
    if (!openToNetwork
        && !isLocal(http.remoteAddress(), http.authority(), http.getHeader("origin"))) {
      throw new RejectedException(
          Reason.FORBIDDEN,
          "this resource has no authentication yet and is open to its own machine only: call it from there by a loopback name, or guard it yourself and set penstock.ingest.open-to-network=true");
    }
  }

  static boolean isLocal(SocketAddress remote, HostAndPort asked, String origin) {
    return isLoopback(remote)
        && asked != null
        && isLoopbackName(asked.host())
        && (origin == null || isLoopbackName(hostOf(origin)));
  }

  private static boolean isLoopbackName(String host) {
    return host != null && LOOPBACK_NAMES.contains(host.toLowerCase(Locale.ROOT));
  }

  /**
   * Null for {@code null}, which is what pages without an address of their own send, and others.
   */
  private static String hostOf(String origin) {
    try {
      return URI.create(origin).getHost();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean isLoopback(SocketAddress remote) {
    if (remote == null || remote.hostAddress() == null) {
      return false;
    }
    try {
      return InetAddress.getByName(remote.hostAddress()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
