package io.penstock.embedded;

import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The ports of a broker, taken before it starts: its settings must name them, and a port that is
 * taken is a plain error here instead of a stack trace out of Kafka later.
 */
final class BrokerSockets implements ServerSocketFactory, AutoCloseable {

  private final ServerSocketChannel clients;
  private final ServerSocketChannel controller;
  private final ServerSocketChannel behindDetour;
  private final int clientPort;
  private final int controllerPort;
  private final Optional<Detour> detour;

  /**
   * A second way for clients.
   *
   * @param port where the broker listens
   * @param advertisedPort where clients who came that way are told that it does
   */
  record Detour(int port, int advertisedPort) {}

  private BrokerSockets(
      ServerSocketChannel clients,
      ServerSocketChannel controller,
      ServerSocketChannel behindDetour,
      OptionalInt advertisedPort) {
    this.clients = clients;
    this.controller = controller;
    this.behindDetour = behindDetour;
    this.clientPort = Loopback.port(clients);
    this.controllerPort = Loopback.port(controller);
    this.detour =
        advertisedPort.isEmpty()
            ? Optional.empty()
            : Optional.of(new Detour(Loopback.port(behindDetour), advertisedPort.getAsInt()));
  }

  /**
   * @param clientPort 0 for any free one
   * @param detour where it begins; empty for none
   */
  static BrokerSockets listen(int clientPort, OptionalInt detour) {
    ServerSocketChannel clients = Loopback.listen(clientPort, "Kafka");
    ServerSocketChannel controller = null;
    try {
      controller = Loopback.listen(0, "Kafka's controller");
      ServerSocketChannel behindDetour =
          detour.isEmpty() ? null : Loopback.listen(0, "Kafka behind a detour");
      return new BrokerSockets(clients, controller, behindDetour, detour);
    } catch (RuntimeException e) {
      Loopback.closeQuietly(clients);
      Loopback.closeQuietly(controller);
      throw e;
    }
  }

  Optional<Detour> detour() {
    return detour;
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
    if (detour.isPresent() && address.getPort() == detour.get().port()) {
      return behindDetour;
    }
    throw new IllegalArgumentException(
        "no socket was taken for listener " + listenerName + " at " + address);
  }

  @Override
  public void close() {
    Loopback.closeQuietly(clients);
    Loopback.closeQuietly(controller);
    Loopback.closeQuietly(behindDetour);
  }
}
