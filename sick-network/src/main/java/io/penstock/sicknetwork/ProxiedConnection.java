package io.penstock.sicknetwork;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** A client, a server, and what passes between them. */
final class ProxiedConnection {
  private final Socket client;
  private final Socket server;
  private final Pipe toServer;
  private final Pipe toClient;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean lost;

  ProxiedConnection(Socket client, Socket server, Way toServer, Way toClient) throws IOException {
    this.client = client;
    this.server = server;
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    this.toServer = new Pipe(client, server, toServer, () -> lost);
    this.toClient = new Pipe(server, client, toClient, () -> lost);
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  /** Returns when nothing passes any more and no thread is left; an interrupt ends it. */
  void run() {
    try (threads) {
      start(toServer::receive);
      start(toServer::send);
      start(toClient::receive);
      start(toClient::send);
    } catch (RejectedExecutionException e) {
      // It was broken off before it began.
    }
  }

  private void start(Work work) {
    threads.execute(
        () -> {
          try {
            work.run();
          } catch (IOException e) {
            if (!lost) {
              reset();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // this connection ends
          }
        });
  }

  /** From now on both sides hear nothing of each other, not even that the other has gone. */
  void lose() {
    lost = true;
  }

  /** Breaks off towards both sides. */
  void reset() {
    Sockets.reset(client);
    Sockets.reset(server);
    threads.shutdownNow();
  }
}
