package io.penstock.worker.call;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that says on each connection exactly what a test tells it to say. */
final class RawServer implements AutoCloseable {
  static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final ServerSocket listening = new ServerSocket();
  private final Conversation conversation;
  private final List<Peer> peers = new CopyOnWriteArrayList<>();

  /** What happens on one connection; it is closed afterwards. */
  @FunctionalInterface
  interface Conversation {
    void on(Peer peer) throws IOException, InterruptedException;
  }

  RawServer(Conversation conversation) throws IOException {
    this("127.0.0.1", 0, conversation);
  }

  RawServer(String address, int port, Conversation conversation) throws IOException {
    this.conversation = conversation;
    listening.bind(new InetSocketAddress(InetAddress.getByName(address), port), 1000);
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** All connections so far, in their order. */
  List<Peer> peers() {
    return peers;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Peer peer = new Peer(listening.accept());
        peers.add(peer);
        Thread.ofVirtual().start(() -> peer.converse(conversation));
      } catch (IOException e) {
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Peer peer : peers) {
      peer.socket.close();
    }
  }

  /** One connection, seen from the server. */
  static final class Peer {
    private final Socket socket;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    Peer(Socket socket) {
      this.socket = socket;
    }

    /** The heads of the requests that arrived here. */
    List<String> requests() {
      return requests;
    }

    /** Completes when the client has hung up. */
    CompletableFuture<Void> gone() {
      return gone;
    }

    /**
     * @return false if there is none, because the client has hung up
     */
    boolean readRequest() throws IOException {
      InputStream in = socket.getInputStream();
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
        int next = in.read();
        if (next < 0) {
          gone.complete(null);
          return false;
        }
        head.write(next);
      }
      requests.add(head.toString(ISO_8859_1));
      return true;
    }

    void say(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    /** Hangs up the hard way. */
    void breakOff() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /** Says nothing more. */
    void endOutput() throws IOException {
      socket.shutdownOutput();
    }

    private void converse(Conversation conversation) {
      try (socket) {
        conversation.on(this);
      } catch (SocketException e) {
        gone.complete(null);
      } catch (IOException | InterruptedException e) {
        gone.completeExceptionally(e);
      }
    }
  }
}
