package io.penstock.soak.installation;

import io.penstock.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The main class of the broker's JVM: folder and port are its arguments. */
public final class BrokerProcess {
  /** Kept: the logging of the JDK forgets the levels of loggers that nobody holds. */
  private static final List<Logger> QUIET =
      List.of(Logger.getLogger("kafka"), Logger.getLogger("org.apache.kafka"));

  private BrokerProcess() {}

  public static void main(String[] arguments) {
    QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
    EmbeddedKafka broker =
        EmbeddedKafka.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
    Throwable fault = broker.fault().toCompletableFuture().join();
    System.err.println("the broker has met a fault: " + fault);
    Runtime.getRuntime().halt(1);
  }
}
