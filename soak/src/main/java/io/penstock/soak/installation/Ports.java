package io.penstock.soak.installation;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Ports that stay free while their owner is dead. Those that the system hands out by itself do not:
 * it would give them to whoever connects meanwhile, in the end to a client of the dead server
 * itself, which then talks to nobody but itself.
 */
final class Ports {
  /** Below what Linux hands out, which begins at 32768. */
  private static final int LOWEST = 12_000;

  private static final int HIGHEST = 32_000;
  private static final int TRIES = 1_000;

  private Ports() {}

  static Map<Member, Integer> choose() throws IOException {
    Map<Member, Integer> chosen = new EnumMap<>(Member.class);
    Set<Integer> taken = new HashSet<>();
    Random random = new Random();
    for (Member member : Member.values()) {
      int port = free(random, taken);
      taken.add(port);
      chosen.put(member, port);
    }
    return chosen;
  }

  private static int free(Random random, Set<Integer> taken) throws IOException {
    for (int tries = 0; tries < TRIES; tries++) {
      int port = random.nextInt(LOWEST, HIGHEST);
      if (!taken.contains(port) && isFree(port)) {
        return port;
      }
    }
    throw new IOException("there is no free port between " + LOWEST + " and " + HIGHEST);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
