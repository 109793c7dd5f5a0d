package io.penstock.soak.installation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What can be done to a process from outside. Java itself knows only two of these. */
public enum Signal {
  KILL,
  STOP,
  CONT,
  TERM;

  /**
   * Sends it to all of them at once. One that has ended meanwhile is passed over.
   *
   * @throws IOException if there is no {@code kill} on this machine
   */
  public void sendTo(List<ProcessHandle> processes) throws IOException {
    if (processes.isEmpty()) {
      return;
    }
    List<String> command = new ArrayList<>(List.of("kill", "-" + name()));
    processes.forEach(process -> command.add(Long.toString(process.pid())));
    Process kill =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      kill.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
