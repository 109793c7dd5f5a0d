package io.penstock.soak.installation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Sees to it that nothing is left behind, even when this JVM is killed: a shell that is told of
 * every process, and ends them when its input ends, which it does with us.
 */
final class Guard implements AutoCloseable {
  /** Signals of a terminal reach the whole group: it has to outlive us, if only for a moment. */
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      pids=' '
      while read -r verb pid; do
        case $verb in
          guard) pids="$pids$pid " ;;
          forget) pids="${pids%%" $pid "*} ${pids#*" $pid "}" ;;
        esac
      done
      # Split at the blanks on purpose; a frozen process is killed by this too.
      [ "$pids" = ' ' ] || kill -KILL $pids 2>/dev/null
      """;

  private final Process shell;

  private Guard(Process shell) {
    this.shell = shell;
  }

  static Guard start() throws IOException {
    return new Guard(
        new ProcessBuilder("sh", "-c", SCRIPT)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  void guard(ProcessHandle process) throws IOException {
    tell("guard " + process.pid());
    // The system may give the number to somebody else later.
    var unused = process.onExit().thenRun(() -> forget(process));
  }

  private void forget(ProcessHandle process) {
    try {
      tell("forget " + process.pid());
    } catch (IOException e) {
      shell.destroy(); // its input is closed: it is about to end, and this process has
    }
  }

  private synchronized void tell(String line) throws IOException {
    OutputStream to = shell.getOutputStream();
    to.write((line + "\n").getBytes(US_ASCII));
    to.flush();
  }

  /** Kills whatever is left. */
  @Override
  public synchronized void close() {
    try {
      shell.getOutputStream().close();
      shell.waitFor();
    } catch (IOException e) {
      shell.destroy(); // its input is closed already
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
