package io.penstock.sicknetwork;

import java.io.IOException;
import java.net.Socket;

/** How a socket ends. */
final class Sockets {
  private Sockets() {}

  /** The other side gets an RST: to it the connection is broken, not ended. */
  static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // Closed already, by one side or the other.
    }
    close(socket);
  }

  static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Then it is as closed as it will ever be.
    }
  }
}
