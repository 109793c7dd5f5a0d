package io.penstock.sicknetwork;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A TCP proxy on 127.0.0.1, healthy until it is told otherwise. What kills connections:
 *
 * <ul>
 *   <li>{@link #reset()} breaks off those that are open;
 *   <li>{@link #refuse()} breaks off new ones at once;
 *   <li>{@link #loseAll()} makes those that are open dead without a word: both sides can send,
 *       nobody hears it, and the end of one is not told to the other. New ones are accepted, and
 *       that is all. After {@link #heal()} new ones pass; what was lost stays lost, as behind a
 *       firewall that has forgotten a connection.
 * </ul>
 *
 * What only slows them down, or cuts them later, are {@link Toxics}.
 */
public final class SickProxy implements AutoCloseable {
  /** Of the listening socket; a client beyond it waits, as with any server. */
  private static final int BACKLOG = 128;

  private static final int CLOSE_SECONDS = 10;

  private enum Newcomers {
    PASS,
    REFUSED,
    SWALLOWED
  }

  private final InetAddress loopback = InetAddress.getLoopbackAddress();
  private final ServerSocket listening;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Way toServer = new Way();
  private final Way toClient = new Way();
  private volatile int target;
  private volatile Newcomers newcomers = Newcomers.PASS;

  private SickProxy(int target) throws IOException {
    this.target = target;
    this.listening = new ServerSocket(0, BACKLOG, loopback);
  }

  /**
   * Listens on a free port; whoever connects is broken off until there is a {@link #target}.
   *
   * @throws IOException if no port can be had
   */
  public static SickProxy start() throws IOException {
    return before(0);
  }

  /**
   * Listens on a free port.
   *
   * @param target port of the server on 127.0.0.1
   * @throws IOException if no port can be had
   */
  public static SickProxy before(int target) throws IOException {
    SickProxy proxy = new SickProxy(target);
    proxy.threads.execute(proxy::accept);
    return proxy;
  }

  /** Where clients connect, on 127.0.0.1. */
  public int port() {
    return listening.getLocalPort();
  }

  /**
   * Where new connections go from now on.
   *
   * @param port on 127.0.0.1
   */
  public void target(int port) {
    target = port;
  }

  /** What a direction suffers from, from now on and on open connections too. */
  public void set(Direction direction, Toxics toxics) {
    way(direction).set(toxics);
  }

  /** Both directions. */
  public void set(Toxics toxics) {
    toServer.set(toxics);
    toClient.set(toxics);
  }

  /** Breaks off every open connection, towards both sides; new ones pass. */
  public void reset() {
    connections.forEach(ProxiedConnection::reset);
  }

  /** Breaks off every new connection; open ones go on. */
  public void refuse() {
    newcomers = Newcomers.REFUSED;
  }

  /** Every open connection is dead without a word, new ones are swallowed. */
  public void loseAll() {
    newcomers = Newcomers.SWALLOWED;
    connections.forEach(ProxiedConnection::lose);
  }

  /** New connections pass, and no direction suffers from anything. */
  public void heal() {
    newcomers = Newcomers.PASS;
    set(Toxics.NONE);
  }

  /** Connections that pass bytes, or look as if they did. */
  public int openConnections() {
    return connections.size();
  }

  private Way way(Direction direction) {
    return switch (direction) {
      case TO_SERVER -> toServer;
      case TO_CLIENT -> toClient;
    };
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        sockets.add(client);
        serveSoon(client);
      } catch (IOException e) {
        // Closed: the loop ends. Else this client has gone again, and the next one comes.
      }
    }
  }

  private void serveSoon(Socket client) {
    try {
      threads.execute(() -> serve(client));
    } catch (RejectedExecutionException e) {
      Sockets.reset(client); // it came while the proxy closed
    }
  }

  private void serve(Socket client) {
    try {
      switch (newcomers) {
        case PASS -> pass(client);
        case REFUSED -> Sockets.reset(client);
        case SWALLOWED -> swallow(client);
      }
    } catch (IOException e) {
      Sockets.reset(client);
    } finally {
      sockets.remove(client);
      Sockets.close(client);
    }
  }

  private void pass(Socket client) throws IOException {
    try (Socket server = new Socket()) {
      sockets.add(server);
      try {
        server.connect(new InetSocketAddress(loopback, target));
        ProxiedConnection connection = new ProxiedConnection(client, server, toServer, toClient);
        connections.add(connection);
        try {
          if (newcomers == Newcomers.SWALLOWED) {
            connection.lose();
          }
          connection.run();
        } finally {
          connections.remove(connection);
        }
      } finally {
        sockets.remove(server);
      }
    }
  }

  private static void swallow(Socket client) throws IOException {
    InputStream in = client.getInputStream();
    byte[] ignored = new byte[4 << 10];
    int read = in.read(ignored);
    while (read >= 0) {
      read = in.read(ignored);
    }
  }

  /** Ends everything; returns when no thread and no socket is left. A second call does nothing. */
  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      // Nobody can connect all the same.
    }
    threads.shutdownNow();
    sockets.forEach(Sockets::close);
    try {
      if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("threads of the proxy did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
