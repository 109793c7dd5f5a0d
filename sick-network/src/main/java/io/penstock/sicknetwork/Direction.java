package io.penstock.sicknetwork;

/** Which way bytes go through a {@link SickProxy}. */
public enum Direction {
  TO_SERVER,
  TO_CLIENT
}
