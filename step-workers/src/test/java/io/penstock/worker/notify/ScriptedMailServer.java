package io.penstock.worker.notify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A mail server that takes everything, but for what a test tells it to answer: by command, by whole
 * line, or to {@code greeting} and {@code mail} (the text itself).
 */
final class ScriptedMailServer implements AutoCloseable {
  /** In place of an answer: hangs up. */
  static final String DROPS = "drops";

  /** In place of an answer: says nothing, and stays. */
  static final String STALLS = "stalls";

  /** In place of an answer: never stops. */
  static final String NEVER_STOPS = "never stops";

  private static final Map<String, String> USUAL =
      Map.of(
          "greeting", "220 mail.example",
          "EHLO", "250-mail.example\r\n250-STARTTLS\r\n250 AUTH PLAIN",
          "STARTTLS", "220 go ahead",
          "AUTH", "235 2.7.0 welcome",
          "DATA", "354 go ahead",
          "QUIT", "221 bye");

  private final ServerSocket listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  private final Map<String, String> answers;
  private final SSLContext tls;
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * @param tls may be null if nobody asks for it
   */
  ScriptedMailServer(Map<String, String> answers, SSLContext tls) throws IOException {
    this.answers = answers;
    this.tls = tls;
    Thread.ofVirtual().start(this::accept);
  }

  ScriptedMailServer(Map<String, String> answers) throws IOException {
    this(answers, null);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** All lines that arrived, those of mails too. */
  List<String> said() {
    return said;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket connection = listening.accept();
        connections.add(connection);
        Thread.ofVirtual().start(() -> converse(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void converse(Socket accepted) {
    try (accepted) {
      Socket socket = accepted;
      if (answers.containsKey("tls")) {
        socket = secured(socket);
      }
      BufferedReader in = reader(socket);
      answer(socket, "greeting", "greeting");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        said.add(line);
        String command = line.split("[ :]", 2)[0];
        String answer = answer(socket, line, command);
        if (command.equals("STARTTLS") && answer.startsWith("220")) {
          socket = secured(socket);
          in = reader(socket);
        }
        if (command.equals("DATA") && answer.startsWith("354")) {
          for (String text = in.readLine(); !text.equals("."); text = in.readLine()) {
            said.add(text);
          }
          answer(socket, "mail", "mail");
        }
      }
    } catch (IOException | InterruptedException | NullPointerException e) {
      // The client has seen enough.
    }
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
  }

  private SSLSocket secured(Socket socket) throws IOException {
    SSLSocket secure =
        (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
    secure.setUseClientMode(false);
    secure.startHandshake();
    return secure;
  }

  private String answer(Socket socket, String line, String command)
      throws IOException, InterruptedException {
    String answer =
        answers.getOrDefault(
            line, answers.getOrDefault(command, USUAL.getOrDefault(command, "250 ok")));
    switch (answer) {
      case DROPS -> socket.close();
      case STALLS -> closed.await();
      case NEVER_STOPS -> {
        while (true) {
          socket.getOutputStream().write("250-more\r\n".repeat(1000).getBytes(ISO_8859_1));
        }
      }
      default -> socket.getOutputStream().write((answer + "\r\n").getBytes(ISO_8859_1));
    }
    return answer;
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    listening.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
