package io.penstock.ingest.start;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the ingest service. A value out of its range stops the start. */
@ConfigMapping(prefix = "penstock.ingest")
public interface IngestConfig {
  /** Larger than this and an event nears what history takes, just below the broker's 1 MiB. */
  long HARD_MAX_BODY_BYTES = 900L << 10;

  /**
   * The largest body of a webhook or an event; more is answered 413. At most 900 KiB. Too low
   * refuses honest senders; too high lets few requests fill {@link #maxInFlight()}.
   */
  @WithDefault("256K")
  MemorySize maxBodySize();

  /**
   * The largest body of {@code POST /definitions}; more is answered 413. Each definition by itself
   * must fit a Kafka record.
   */
  @WithDefault("4M")
  MemorySize maxDefinitionsSize();

  /**
   * The largest body of {@code POST /controls} and {@code POST /controls/records}; more is answered
   * 413. Too low and a record that nobody could read does not fit, base64 being a third longer.
   */
  @WithDefault("4M")
  MemorySize maxControlsSize();

  /**
   * How many events one webhook may hold (a JSON array is one event per element); more is answered
   * 413. Too high lets one small request write very many records.
   */
  @WithDefault("500")
  int maxEventsPerRequest();

  /**
   * Bytes of requests and of their records held in memory until Kafka has acknowledged; over it the
   * answer is 503 at once. Too low refuses bursts; too high costs heap, about three times as much.
   */
  @WithDefault("32M")
  MemorySize maxInFlight();

  /**
   * How long Kafka may take to acknowledge an event; longer is answered 503. Too low answers 503 to
   * events that are stored all the same (harmless: the sender repeats, the repetition is dropped);
   * too high makes senders give up first.
   */
  @WithDefault("10S")
  Duration deliveryTimeout();

  /** How long an event may wait until Kafka's cluster is known at all; longer is answered 503. */
  @WithDefault("5S")
  Duration maxBlock();

  /** How long a resolved secret is used before it is read again, so how soon a rotation counts. */
  @WithDefault("30S")
  Duration secretCache();

  /**
   * How long {@code POST /definitions} waits for the readers when the request has no {@code
   * ?wait=}; at most a minute.
   */
  @WithDefault("10S")
  Duration definitionWait();

  /**
   * Whether {@code /events}, {@code /definitions} and {@code /controls} are open to other machines
   * than this one. They have no authentication yet: true hands them to whoever reaches the port.
   */
  @WithDefault("false")
  boolean openToNetwork();
}
