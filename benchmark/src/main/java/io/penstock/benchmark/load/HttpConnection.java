package io.penstock.benchmark.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.Locale;

/**
 * One HTTP/1.1 connection that stays open, for one request at a time. Plain sockets under virtual
 * threads: the JDK's client costs several times the CPU, which on a small machine would be taken
 * from what is measured.
 */
final class HttpConnection implements Closeable {
  private static final int CONNECT_MS = 5_000;
  private static final int ANSWER_MS = 60_000;
  private static final int STATUS_AT = "HTTP/1.1 ".length();
  private static final int STATUS_DIGITS = 3;
  private static final int HEX = 16;

  private final Socket socket;
  private final InputStream in;
  private boolean closing;

  /**
   * @throws IOException if nobody listens; nothing was sent then
   */
  HttpConnection(InetSocketAddress address) throws IOException {
    socket = new Socket();
    try {
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
      socket.setSoTimeout(ANSWER_MS);
      socket.connect(address, CONNECT_MS);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  record Answer(int status, String body) {
    boolean isSuccess() {
      return status >= 200 && status < 300;
    }
  }

  /**
   * Sends and waits for the answer.
   *
   * @throws IOException if the connection breaks or stays silent: whether the request was worked on
   *     is unknown, and the connection is of no more use
   */
  Answer exchange(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    String statusLine = line();
    if (statusLine.length() < STATUS_AT + STATUS_DIGITS || !statusLine.startsWith("HTTP/1.")) {
      throw new IOException("no HTTP/1.1 answer, but '" + statusLine + "'");
    }
    int status = Integer.parseInt(statusLine.substring(STATUS_AT, STATUS_AT + STATUS_DIGITS));
    int length = 0;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      int colon = header.indexOf(':');
      String name = header.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
      String value = header.substring(colon + 1).strip();
      switch (name) {
        case "content-length" -> length = Integer.parseInt(value);
        case "transfer-encoding" -> chunked = "chunked".equalsIgnoreCase(value);
        case "connection" -> closing = "close".equalsIgnoreCase(value);
        default -> {}
      }
    }
    byte[] body = chunked ? chunks() : exactly(length);
    return new Answer(status, new String(body, UTF_8));
  }

  /** Whether another request may be sent. */
  boolean isReusable() {
    return !closing && !socket.isClosed();
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (true) {
      String size = line();
      int semicolon = size.indexOf(';');
      int length =
          Integer.parseInt((semicolon < 0 ? size : size.substring(0, semicolon)).strip(), HEX);
      if (length == 0) {
        while (!line().isEmpty()) {
          // trailers say nothing to us
        }
        return all.toByteArray();
      }
      all.write(exactly(length));
      line();
    }
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the connection ended inside an answer");
    }
    return bytes;
  }

  private String line() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the connection ended before the end of an answer");
      }
      if (c != '\r') {
        text.write(c);
      }
    }
    return text.toString(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
