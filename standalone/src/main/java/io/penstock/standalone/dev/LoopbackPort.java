package io.penstock.standalone.dev;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of 127.0.0.1: the only address that anything here listens on. */
public final class LoopbackPort {
  static final String HOST = "127.0.0.1";
  private static final byte[] ADDRESS = {127, 0, 0, 1};
  static final String HOST_URL = "http://" + HOST + ":";

  private LoopbackPort() {}

  /** A port that is free now. Somebody else may take it before it is used. */
  public static int free() throws StartFailedException {
    try (ServerSocket socket = listen(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new StartFailedException("cannot listen on " + HOST + ": " + e.getMessage(), e);
    }
  }

  /**
   * Says so before minutes of work are put into a start that would fail in the end.
   *
   * @param what who wants the port, e.g. {@code HTTP}
   * @param option how to choose another one, e.g. {@code --port}
   */
  static void requireFree(int port, String what, String option) throws StartFailedException {
    try (ServerSocket socket = listen(port)) {
      assert socket.isBound();
    } catch (IOException e) {
      throw new StartFailedException(
          "cannot listen for %s on %s:%d: %s; choose another port with %s, or stop what uses it"
              .formatted(what, HOST, port, e.getMessage(), option),
          e);
    }
  }

  private static ServerSocket listen(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      // As servers do: a port whose last connections have just ended is free.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(ADDRESS), port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
