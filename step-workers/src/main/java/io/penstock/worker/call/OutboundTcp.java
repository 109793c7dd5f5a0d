package io.penstock.worker.call;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The way out of a worker for what is no HTTP: to an address that was checked, for a limited time,
 * with a limited answer. Blocks; call it on a virtual thread.
 */
@ApplicationScoped
public class OutboundTcp {
  private final AddressGuard guard;
  private final ScheduledThreadPoolExecutor clock;

  @Inject
  public OutboundTcp() {
    this(new AddressGuard(InetAddress::getAllByName));
  }

  OutboundTcp(AddressGuard guard) {
    this.guard = guard;
    this.clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("connection-cut-off").factory());
    clock.setRemoveOnCancelPolicy(true);
  }

  /**
   * @return connected, in the clear; to be closed
   * @throws CallFailedException {@code blocked}, {@code configuration}, {@code communication},
   *     {@code timeout}
   */
  public TcpConnection open(TcpTarget target) throws CallFailedException {
    long endNanos = System.nanoTime() + target.timeout().toNanos();
    InetAddress address =
        guard.checked(target.host(), target.allowPrivateAddresses(), target.who());
    TcpConnection connection = new TcpConnection(target);
    connection.cutOffBy(
        clock.schedule(
            connection::cutOff, Math.max(1, endNanos - System.nanoTime()), TimeUnit.NANOSECONDS));
    try {
      connection.connect(address);
      return connection;
    } catch (IOException e) {
      CallFailedException failure = connection.failure(e);
      connection.close();
      throw failure;
    }
  }

  @PreDestroy
  void close() {
    clock.shutdownNow();
  }
}
