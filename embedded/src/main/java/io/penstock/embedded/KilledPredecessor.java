package io.penstock.embedded;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.errors.NotControllerException;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.controller.Controller;
import org.apache.kafka.controller.ControllerRequestContext;

/**
 * A broker that was killed is still registered, and Kafka refuses its successor until that session
 * has expired, which our settings make long on purpose. We hold the lock of the data directory, so
 * we know that the old one is dead, and say so. Its records and topics are untouched: with one
 * replica a partition waits without a leader until the successor is there.
 */
final class KilledPredecessor {

  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final Duration PAUSE = Duration.ofMillis(10);

  private KilledPredecessor() {}

  /** Does nothing if there was none. */
  static void unregister(Controller controller) {
    Deadline deadline = Deadline.in(LIMIT);
    while (!deadline.passed()) {
      if (unregistered(controller, deadline)) {
        return;
      }
      pause();
    }
    throw new IllegalStateException("the controller was not ready within " + LIMIT);
  }

  private static boolean unregistered(Controller controller, Deadline deadline) {
    try {
      controller
          .unregisterBroker(anonymous(), BrokerSettings.NODE_ID)
          .get(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BrokerIdNotRegisteredException) {
        return true;
      }
      if (e.getCause() instanceof NotControllerException) {
        return false; // It becomes one as soon as it has read its log.
      }
      throw new IllegalStateException("the killed broker could not be unregistered", e.getCause());
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while the controller was starting", e);
  }

  private static ControllerRequestContext anonymous() {
    return new ControllerRequestContext(
        new RequestHeaderData(), KafkaPrincipal.ANONYMOUS, OptionalLong.empty());
  }
}
