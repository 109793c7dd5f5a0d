package io.penstock.standalone.dev;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM, as something to wait for.
 *
 * <p>Not a shutdown hook: hooks have no order among them, and the database's own would take it away
 * from under the services.
 */
public final class StopSignal {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(14);
  private static final int KILLED_BY_SIGNAL = 128;

  private final CompletableFuture<Integer> received = new CompletableFuture<>();

  StopSignal() {}

  /** From now on a first signal is to be waited for here; a second one ends the JVM at once. */
  public static StopSignal listen() {
    StopSignal stop = new StopSignal();
    stop.listenTo("INT", 2);
    stop.listenTo("TERM", 15);
    return stop;
  }

  /** By reflection: javac warns of sun.misc.Signal in a way that cannot be switched off. */
  private void listenTo(String name, int number) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object receiver =
          Proxy.newProxyInstance(
              StopSignal.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                receive(KILLED_BY_SIGNAL + number);
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), receiver);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot listen to signal " + name, e);
    }
  }

  private void receive(int exitCode) {
    if (!received.complete(exitCode)) {
      Runtime.getRuntime().halt(exitCode);
    }
    Thread.ofPlatform()
        .daemon()
        .name("stop-limit")
        .start(
            () -> {
              try {
                TimeUnit.MILLISECONDS.sleep(STOP_LIMIT.toMillis());
                System.err.println("penstock: did not stop in time, ending at once");
                Runtime.getRuntime().halt(exitCode);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  /** Completes with the exit code that a shell expects after that signal. */
  public CompletableFuture<Integer> received() {
    return received;
  }
}
