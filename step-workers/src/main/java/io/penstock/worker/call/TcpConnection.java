package io.penstock.worker.call;

import io.penstock.schema.message.ErrorType;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.Future;

/** One connection, closed by itself when its time is over. */
public final class TcpConnection implements AutoCloseable {
  /** Most bytes that the other side may say, those that secure the connection included. */
  static final int MAX_ANSWER_BYTES = 256 * 1024;

  private final TcpTarget target;
  private final LimitedSocket socket = new LimitedSocket();
  private volatile Future<?> end;
  private volatile boolean timeIsOver;

  TcpConnection(TcpTarget target) {
    this.target = target;
  }

  void cutOffBy(Future<?> end) {
    this.end = end;
  }

  void cutOff() {
    timeIsOver = true;
    closeSocket();
  }

  /** To the address and no other; it keeps the name, which certificates are checked against. */
  void connect(InetAddress address) throws IOException {
    InetAddress named = InetAddress.getByAddress(target.host(), address.getAddress());
    socket.connect(new InetSocketAddress(named, target.port()));
  }

  /** Breaks with an {@link IOException} when time is over or too much was said. */
  public Socket socket() {
    return socket;
  }

  /**
   * What it means that the conversation broke off.
   *
   * @param trouble what was met; its message is not repeated
   */
  public CallFailedException failure(IOException trouble) {
    if (timeIsOver) {
      return NoAnswer.inTime(target.who(), target.timeout());
    }
    if (Thread.currentThread().isInterrupted()) {
      return NoAnswer.stopped(target.who());
    }
    if (socket.saidTooMuch) {
      return new CallFailedException(
          ErrorType.TOO_LARGE,
          "%s: the answer has more than %d bytes".formatted(target.who(), MAX_ANSWER_BYTES));
    }
    return NoAnswer.because(target.who(), trouble);
  }

  @Override
  public void close() {
    Future<?> pending = end;
    if (pending != null) {
      pending.cancel(false);
    }
    closeSocket();
  }

  private void closeSocket() {
    try {
      socket.close();
    } catch (IOException e) {
      // Then it is as closed as it will ever be.
    }
  }

  /** Stops reading from who never stops talking. */
  private static final class LimitedSocket extends Socket {
    private volatile boolean saidTooMuch;
    private InputStream limited;

    @Override
    public synchronized InputStream getInputStream() throws IOException {
      if (limited == null) {
        limited = new Limited(super.getInputStream());
      }
      return limited;
    }

    private final class Limited extends FilterInputStream {
      private int left = MAX_ANSWER_BYTES;

      Limited(InputStream in) {
        super(in);
      }

      @Override
      public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? 0 : 1);
        return next;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        count(read);
        return read;
      }

      private void count(int read) throws IOException {
        left -= Math.max(read, 0);
        if (left < 0) {
          saidTooMuch = true;
          throw new IOException("the other side says more than " + MAX_ANSWER_BYTES + " bytes");
        }
      }
    }
  }
}
