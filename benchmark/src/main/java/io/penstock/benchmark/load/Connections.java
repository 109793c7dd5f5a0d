package io.penstock.benchmark.load;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/** Open connections to one place, a limited number; who finds all taken waits. */
final class Connections implements Closeable {
  private final InetSocketAddress address;
  private final Semaphore slots;
  private final ConcurrentLinkedDeque<HttpConnection> idle = new ConcurrentLinkedDeque<>();

  Connections(InetSocketAddress address, int limit) {
    this.address = address;
    this.slots = new Semaphore(limit, true);
  }

  /** Nobody listened: the request has certainly not arrived. */
  static final class NotConnectedException extends IOException {
    private static final long serialVersionUID = 1L;

    NotConnectedException(IOException cause) {
      super(cause);
    }
  }

  /**
   * @throws NotConnectedException if nothing was sent
   * @throws IOException if something was, and no answer came
   */
  HttpConnection.Answer exchange(byte[] request) throws IOException, InterruptedException {
    slots.acquire();
    try {
      HttpConnection connection = idle.pollFirst();
      if (connection == null) {
        connection = connect();
      }
      boolean usable = false;
      try {
        HttpConnection.Answer answer = connection.exchange(request);
        usable = connection.isReusable();
        return answer;
      } finally {
        if (usable) {
          idle.addFirst(connection);
        } else {
          connection.close();
        }
      }
    } finally {
      slots.release();
    }
  }

  private HttpConnection connect() throws NotConnectedException {
    try {
      return new HttpConnection(address);
    } catch (IOException e) {
      throw new NotConnectedException(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (HttpConnection each = idle.poll(); each != null; each = idle.poll()) {
      each.close();
    }
  }
}
