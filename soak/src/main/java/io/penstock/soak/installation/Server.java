package io.penstock.soak.installation;

import java.io.IOException;
import java.util.List;

/** One part of the installation: a program that can be started again and again on the same data. */
interface Server {
  /** Starts it, and may return before it is of use. */
  void start() throws IOException;

  /** Its processes, the first one being the program itself; empty when it does not run. */
  List<ProcessHandle> processes();

  /** Whether it can be used now. */
  boolean isReady();

  /** Gives back what the suite itself holds of it; whatever still runs of it is stopped. */
  default void forget() {}
}
