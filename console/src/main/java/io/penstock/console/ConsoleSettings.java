package io.penstock.console;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Settings of the console. Defaults stand in {@code META-INF/microprofile-config.properties}. */
@ConfigMapping(prefix = "penstock.console")
public interface ConsoleSettings {
  /**
   * Whether to forget everything at the start and to read history again from its beginning. What
   * Kafka no longer keeps is then gone here too. To be taken away again after the start.
   */
  boolean rebuild();

  /**
   * How long the broker gathers history before it hands out a batch: longer saves transactions
   * under load, and is how much the console lags behind at least. 0 or more, below a few seconds.
   */
  Duration gather();

  /**
   * Name of this console, the same after a restart and unlike that of any other: it takes over at
   * once what it had before it was killed. Without one that takes until its session has expired,
   * some seconds.
   */
  Optional<String> instance();

  /**
   * Whether other machines than this one may ask. There is no authentication yet: true shows all
   * payloads to whoever reaches the port.
   */
  boolean openToNetwork();

  /**
   * Where ingest is, e.g. {@code http://127.0.0.1:8080}: replays and alerts act through it. Away,
   * or wrong: they wait and say so.
   */
  URI ingestUrl();

  /**
   * After how many letters of one step a further replay of it is refused, and its letter parked. 1
   * or more. Low: letters that a second replay would have cured need a hand. High: hopeless ones
   * cost their calls again and again.
   */
  int maxReplays();
}
