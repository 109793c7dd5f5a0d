package io.penstock.soak.installation;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

/** Asks from outside whether something can be used. */
final class Probe {
  private static final int WITHIN_MILLIS = (int) Duration.ofSeconds(3).toMillis();

  private Probe() {}

  static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), WITHIN_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static boolean isHealthy(int port) {
    try {
      HttpURLConnection health =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + "/q/health/ready").toURL().openConnection();
      health.setConnectTimeout(WITHIN_MILLIS);
      health.setReadTimeout(WITHIN_MILLIS);
      try {
        return health.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        health.disconnect();
      }
    } catch (IOException e) {
      return false;
    }
  }
}
