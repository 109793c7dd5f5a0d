package io.penstock.schema.kafka;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Names this process among all of a service, living and recently dead. */
public final class ProcessName {
  private ProcessName() {}

  /** Host, process id and four random digits: a container's process id is often 1. */
  public static String get() {
    return "%s-%d-%s"
        .formatted(
            host(),
            ProcessHandle.current().pid(),
            HexFormat.of().toHexDigits((short) ThreadLocalRandom.current().nextInt()));
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown-host";
    }
  }
}
