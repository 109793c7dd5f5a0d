package io.penstock.standalone.dev;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.util.concurrent.CountDownLatch;

/** What Quarkus keeps up: nothing but the beans of all services. */
public final class PenstockApplication implements QuarkusApplication {
  /** Quarkus makes the instance, and there is one application in a JVM. */
  private static final CountDownLatch STARTED = new CountDownLatch(1);

  static void awaitStarted() throws InterruptedException {
    STARTED.await();
  }

  @Override
  public int run(String... args) {
    STARTED.countDown();
    Quarkus.waitForExit();
    return 0;
  }
}
