package io.penstock.ingest.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;

/** Requests that a proper client would not send. */
final class RawHttp {
  private RawHttp() {}

  /** The answer with its JSON body. */
  static String send(URI base, String request) {
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(ISO_8859_1));
      out.flush();
      StringBuilder answer = new StringBuilder();
      for (int c = socket.getInputStream().read(); c >= 0; c = socket.getInputStream().read()) {
        answer.append((char) c);
        if (c == '}') {
          return answer.toString();
        }
      }
      throw new AssertionError("the connection ended after: " + answer);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
