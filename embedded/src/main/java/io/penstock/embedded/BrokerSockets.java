package io.penstock.embedded;

import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The two ports of a broker, taken before it starts: its settings must name them, and a port that
 * is taken is a plain error here instead of a stack trace out of Kafka later.
 */
final class BrokerSockets implements ServerSocketFactory, AutoCloseable {

  private final ServerSocketChannel clients;
  private final ServerSocketChannel controller;
  private final int clientPort;
  private final int controllerPort;

  private BrokerSockets(ServerSocketChannel clients, ServerSocketChannel controller) {
    this.clients = clients;
    this.controller = controller;
    this.clientPort = Loopback.port(clients);
    this.controllerPort = Loopback.port(controller);
  }

  /**
   * @param clientPort 0 for any free one
   */
  static BrokerSockets listen(int clientPort) {
    ServerSocketChannel clients = Loopback.listen(clientPort, "Kafka");
    try {
      return new BrokerSockets(clients, Loopback.listen(0, "Kafka's controller"));
    } catch (RuntimeException e) {
      Loopback.closeQuietly(clients);
      throw e;
    }
  }

  int clientPort() {
    return clientPort;
  }

  int controllerPort() {
    return controllerPort;
  }

  InetSocketAddress controllerAddress() {
    return new InetSocketAddress(Loopback.address(), controllerPort);
  }

  /** Kafka asks once for each listener of its settings and closes what it got. */
  @Override
  public ServerSocketChannel openServerSocket(
      String listenerName, InetSocketAddress address, int backlog, int receiveBufferBytes) {
    if (address.getPort() == clientPort) {
      return clients;
    }
    if (address.getPort() == controllerPort) {
      return controller;
    }
    throw new IllegalArgumentException(
        "no socket was taken for listener " + listenerName + " at " + address);
  }

  @Override
  public void close() {
    Loopback.closeQuietly(clients);
    Loopback.closeQuietly(controller);
  }
}
