package io.penstock.console.execution;

import io.penstock.console.ConsoleSettings;
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
 * Keeps payloads to this machine while there is no authentication, and away from web pages of
 * somebody else that a browser on this machine shows: such a page sends its own origin, and if its
 * name was made to lead here, that name as host. Ingest has the same rule.
 */
@ApplicationScoped
public class LocalAccess {
  private static final Set<String> LOOPBACK_NAMES =
      Set.of("localhost", "127.0.0.1", "::1", "[::1]");

  private final boolean openToNetwork;

  LocalAccess(ConsoleSettings settings) {
    this.openToNetwork = settings.openToNetwork();
  }

  /**
   * @throws ProblemException if the request comes from elsewhere
   */
  public void require(HttpServerRequest http) {
    if (!openToNetwork
        && !isLocal(http.remoteAddress(), http.authority(), http.getHeader("origin"))) {
      throw new ProblemException(Problem.onlyLocal());
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
