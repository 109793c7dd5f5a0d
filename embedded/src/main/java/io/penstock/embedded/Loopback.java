package io.penstock.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;

/** The only address that embedded servers listen on: they ask nobody for a password. */
final class Loopback {

  static final String HOST = "127.0.0.1";

  private Loopback() {}

  static InetAddress address() {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("four bytes are an address", impossible);
    }
  }

  /**
   * Takes a port before the server that will own it starts.
   *
   * @param port 0 for any free one
   * @param server whose port it is, for the error message
   * @throws EmbeddedServerException if somebody else listens there
   */
  static ServerSocketChannel listen(int port, String server) {
    ServerSocketChannel channel = null;
    try {
      channel = ServerSocketChannel.open();
      channel.configureBlocking(false);
      channel.bind(new InetSocketAddress(address(), port));
      return channel;
    } catch (IOException e) {
      closeQuietly(channel);
      throw portTaken(port, server, e);
    }
  }

  static EmbeddedServerException portTaken(int port, String server, IOException cause) {
    return new EmbeddedServerException(
        "cannot start %s on %s:%d: %s; stop what listens there or choose another port"
            .formatted(server, HOST, port, cause.getMessage()),
        cause);
  }

  static int port(ServerSocketChannel channel) {
    return channel.socket().getLocalPort();
  }

  static void closeQuietly(ServerSocketChannel channel) {
    if (channel == null) {
      return;
    }
    try {
      channel.close();
    } catch (IOException ignored) {
      // The socket was never used; the system takes it back with the descriptor.
    }
  }
}
