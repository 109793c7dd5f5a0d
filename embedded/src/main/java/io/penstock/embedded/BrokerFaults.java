package io.penstock.embedded;

import java.util.concurrent.CompletableFuture;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.fault.FaultHandlerException;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports what Kafka cannot recover from. Kafka's own handler ends the JVM without a word to the
 * caller, which is wrong for a start that failed and for a test.
 */
final class BrokerFaults implements FaultHandlerFactory {

  private static final Logger log = LoggerFactory.getLogger(BrokerFaults.class);

  private final CompletableFuture<Throwable> first = new CompletableFuture<>();

  /** Completes with the first fatal fault; never, in a broker that is well. */
  CompletableFuture<Throwable> first() {
    return first;
  }

  @Override
  public FaultHandler build(String name, boolean fatal, Runnable action) {
    if (!fatal) {
      return new LoggingFaultHandler(name, action);
    }
    return (message, cause) -> {
      action.run();
      FaultHandlerException fault =
          cause == null
              ? new FaultHandlerException(name + ": " + message)
              : new FaultHandlerException(name + ": " + message, cause);
      if (first.complete(fault)) {
        log.error("the embedded Kafka broker met a fatal fault and must be started again", fault);
      }
      return fault;
    };
  }
}
