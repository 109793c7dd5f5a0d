package io.penstock.sicknetwork;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A plain server, a proxy before it, and pairs of sockets: what a client has, what the server. */
final class Line implements AutoCloseable {
  /** A test that waits longer has failed. */
  private static final int PATIENCE_MILLIS = 10_000;

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> sockets = new ArrayList<>();
  final SickProxy proxy = SickProxy.before(server.getLocalPort());

  Line() throws IOException {}

  /** Both ends of one connection. */
  record Ends(Socket client, Socket server) {}

  Ends connect() throws IOException {
    Socket client = dial();
    Socket accepted = server.accept();
    accepted.setTcpNoDelay(true);
    accepted.setSoTimeout(PATIENCE_MILLIS);
    sockets.add(accepted);
    return new Ends(client, accepted);
  }

  /** Only the client's end. */
  Socket dial() throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    client.setTcpNoDelay(true);
    client.setSoTimeout(PATIENCE_MILLIS);
    sockets.add(client);
    return client;
  }

  static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
  }

  /** Exactly as long as expected, or to the end. */
  static String hear(Socket socket, int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), UTF_8);
  }

  /** Bytes that are there now, and not one that is not. */
  static int waiting(Socket socket) {
    try {
      InputStream in = socket.getInputStream();
      return in.available();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    proxy.close();
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
