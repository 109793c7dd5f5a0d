package io.penstock.cli.server;

import java.util.function.Consumer;

/**
 * For who waits through a server's restart: says once that it is away, and once that it is back.
 */
public final class Absence {
  private final Consumer<String> messages;
  private boolean away;

  public Absence(Consumer<String> messages) {
    this.messages = messages;
  }

  public void wentAway(String why) {
    if (!away) {
      messages.accept("the server is away, trying again: " + why);
    }
    away = true;
  }

  public void cameBack() {
    if (away) {
      messages.accept("the server is back");
    }
    away = false;
  }
}
