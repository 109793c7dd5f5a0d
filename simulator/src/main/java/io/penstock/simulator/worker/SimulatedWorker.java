package io.penstock.simulator.worker;

import io.penstock.schema.Topic;
import io.penstock.schema.kafka.DeadLetter;
import io.penstock.schema.kafka.Encoded;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.kafka.UnreadableRecordException;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.Hash;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepRequested;
import io.penstock.schema.message.Usage;
import io.penstock.simulator.log.LogRecord;
import io.penstock.simulator.planted.PlantedBug;
import io.penstock.simulator.shell.Cluster;
import io.penstock.simulator.time.Chance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A worker process for all kinds of steps, by the rules of the real one: one call for commands that
 * it has in hand or has just finished, no call for a record that was handed out three times, the
 * outcome before the acknowledgement. It can be killed, and stand still and go on.
 */
public final class SimulatedWorker {
  /** Must never stand in a record. */
  public static final String CANARY = "canary-7f3a91";

  private static final long SESSION = 6_000;
  private static final int CAPACITY = 12;
  private static final int SUSPICIOUS_DELIVERY = 3;
  private static final int DEFERRED = 25;
  private static final int ANSWERED_TWICE = 12;
  private static final int SLOW = 15;
  private static final Duration DEFINITION_DEFERRAL = Duration.ofSeconds(5);

  private final String name;
  private final Cluster cluster;
  private final Chance chance;
  private final List<ShareGroup> groups;
  private final Function<StepRequested, StepOutcome.Result> outside;
  private final Consumer<Call> calls;
  private final Map<CommandId, List<Consumer<StepOutcome>>> inHand = new HashMap<>();
  private final Map<CommandId, StepOutcome> finished = new HashMap<>();
  private final List<Runnable> putOff = new ArrayList<>();
  private boolean alive;
  private boolean frozen;
  private boolean pollIsDue;
  private int working;
  private int life;
  private long outcomesWaitUntil;

  public SimulatedWorker(
      int number,
      Cluster cluster,
      List<ShareGroup> groups,
      Function<StepRequested, StepOutcome.Result> outside,
      Consumer<Call> calls) {
    this.name = name(number);
    this.cluster = cluster;
    this.chance = cluster.chance().of(name);
    this.groups = groups;
    this.outside = outside;
    this.calls = calls;
  }

  public static String name(int number) {
    return "worker-" + number;
  }

  public void start() {
    if (!alive) {
      alive = true;
      cluster.trace().note(name + " starts");
      pollSoon();
    }
  }

  /** SIGKILL: what it had in hand comes again once its session has ended. */
  public void kill(long downFor) {
    if (!alive) {
      return;
    }
    cluster.trace().note(name + " is killed");
    alive = false;
    frozen = false;
    life++;
    working = 0;
    inHand.clear();
    finished.clear();
    putOff.clear();
    cluster.time().after(SESSION, () -> groups.forEach(group -> group.lost(this)));
    cluster.time().after(Math.max(downFor, SESSION + 1), this::start);
  }

  /** SIGSTOP, and SIGCONT later: by then others may have its commands. */
  public void freeze(long millis) {
    if (!alive || frozen) {
      return;
    }
    cluster.trace().note(name + " stands still");
    frozen = true;
    int thisLife = life;
    cluster
        .time()
        .after(
            millis,
            () -> {
              if (life == thisLife) {
                cluster.trace().note(name + " goes on");
                frozen = false;
                List<Runnable> late = List.copyOf(putOff);
                putOff.clear();
                late.forEach(Runnable::run);
                pollSoon();
              }
            });
  }

  /** The way to the broker is blocked: outcomes are late, locks are renewed all the same. */
  public void holdOutcomes(long millis) {
    outcomesWaitUntil = cluster.time().now() + millis;
  }

  boolean renews() {
    return alive && !frozen;
  }

  /** There may be something to do. */
  public void pollSoon() {
    if (alive && !pollIsDue) {
      pollIsDue = true;
      cluster
          .time()
          .after(
              chance.skewed(0, 40),
              () -> {
                pollIsDue = false;
                if (alive && !frozen) {
                  poll();
                }
              });
    }
  }

  private void poll() {
    for (ShareGroup group : groups) {
      if (working < CAPACITY && group.hasSome()) {
        group.acquire(this).ifPresent(record -> work(group, record));
      }
    }
    if (working < CAPACITY && groups.stream().anyMatch(ShareGroup::hasSome)) {
      pollSoon();
    }
  }

  private void work(ShareGroup group, Held held) {
    working++;
    int delivery = held.deliveries();
    LogRecord record = held.record();
    StepRequested command;
    try {
      command = MessageCodec.decodeStepRequested(record.headers(), record.value());
    } catch (UnreadableRecordException e) {
      deadLetter(record, e.getMessage());
      ended(group, held, delivery);
      return;
    }
    cluster.trace().note(name + " takes " + command.id());
    if (cluster.planted() == PlantedBug.ACKNOWLEDGE_BEFORE_OUTCOME) {
      group.acknowledge(held, this, delivery);
    }
    Consumer<StepOutcome> publish =
        outcome ->
            later(
                chance.skewed(0, 20) + Math.max(0, outcomesWaitUntil - cluster.time().now()),
                () -> {
                  append(outcome, command.replyPartition());
                  if (chance.oneIn(ANSWERED_TWICE)) {
                    cluster
                        .time()
                        .after(
                            chance.skewed(1, 60_000),
                            () -> append(outcome, command.replyPartition()));
                  }
                  later(chance.skewed(0, 50), () -> ended(group, held, delivery));
                });
    once(command, delivery, publish);
  }

  private void once(StepRequested command, int delivery, Consumer<StepOutcome> publish) {
    StepOutcome known = finished.get(command.id());
    if (known != null) {
      publish.accept(known);
      return;
    }
    List<Consumer<StepOutcome>> waiting = inHand.get(command.id());
    if (waiting != null) {
      waiting.add(publish);
      return;
    }
    inHand.put(command.id(), new ArrayList<>(List.of(publish)));
    Instant startedAt = cluster.time().instant();
    attempt(
        command,
        delivery,
        result -> {
          StepOutcome outcome =
              new StepOutcome(
                  command.id(),
                  result,
                  usage(command, result),
                  startedAt,
                  cluster.time().instant(),
                  name);
          finished.put(command.id(), outcome);
          inHand.remove(command.id()).forEach(one -> one.accept(outcome));
        });
  }

  private void attempt(StepRequested command, int delivery, Consumer<StepOutcome.Result> done) {
    if (delivery >= SUSPICIOUS_DELIVERY) {
      done.accept(deferred(Duration.ofSeconds(1), "handed out " + delivery + " times"));
      return;
    }
    boolean unknown =
        cluster
            .definitions()
            .visibleAt(name, command.workflow(), command.version())
            .filter(at -> at <= cluster.time().now())
            .isEmpty();
    if (unknown) {
      done.accept(deferred(DEFINITION_DEFERRAL, "unknown version"));
      return;
    }
    if (command.kind() == StepKind.ROUTE) { // asks nobody
      later(chance.skewed(0, 20), () -> done.accept(outside.apply(command)));
      return;
    }
    if (chance.oneIn(DEFERRED)) {
      done.accept(deferred(Duration.ofMillis(chance.between(0, 30_000)), "limit"));
      return;
    }
    String key =
        cluster.planted() == PlantedBug.KEY_PER_ATTEMPT
            ? Hash.of(command.id().toString())
            : command.id().idempotencyKey();
    calls.accept(new Call(cluster.time().now(), command.id(), key, name));
    cluster.trace().note(name + " calls " + command.id());
    later(
        chance.oneIn(SLOW) ? chance.between(1_000, 45_000) : chance.skewed(1, 400),
        () -> done.accept(scrubbed(outside.apply(command))));
  }

  private StepOutcome.Result scrubbed(StepOutcome.Result result) {
    return result instanceof StepOutcome.Failed failed
            && cluster.planted() == PlantedBug.LEAK_SECRET
        ? new StepOutcome.Failed(
            new StepError(failed.error().type(), "401 for " + CANARY, failed.error().retriable()),
            failed.retryAfter())
        : result;
  }

  private static StepOutcome.Deferred deferred(Duration delay, String why) {
    return new StepOutcome.Deferred(delay, why, Optional.of("ticket"));
  }

  /** Of a model's answer; the same for the same attempt. */
  private static Optional<Usage> usage(StepRequested command, StepOutcome.Result result) {
    if (command.kind() != StepKind.LLM || result instanceof StepOutcome.Deferred) {
      return Optional.empty();
    }
    long tokens = 1 + (long) (1_000 * Hash.fraction(command.id().toString()));
    return Optional.of(new Usage("simulated", tokens, tokens / 2, Optional.of(tokens * 3)));
  }

  private void append(StepOutcome outcome, int partition) {
    Encoded encoded = MessageCodec.encode(outcome, "/simulator/" + name);
    var unused =
        cluster
            .log()
            .append(
                Topic.INPUTS.topicName(),
                partition,
                encoded.key(),
                encoded.value(),
                encoded.headers(),
                Optional.empty());
  }

  private void deadLetter(LogRecord record, String cause) {
    var unused =
        cluster
            .log()
            .append(
                Topic.DEAD_LETTER_PREFIX + record.topic(),
                record.partition(),
                record.key(),
                record.value(),
                DeadLetter.headers(
                    record.headers(),
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    DeadLetter.UNREADABLE,
                    cause),
                Optional.empty());
  }

  private void ended(ShareGroup group, Held held, int delivery) {
    working--;
    group.acknowledge(held, this, delivery);
    pollSoon();
  }

  /** Unless it is killed before; while it stands still, when it goes on. */
  private void later(long millis, Runnable what) {
    int thisLife = life;
    cluster
        .time()
        .after(
            millis,
            () -> {
              if (life == thisLife && alive) {
                if (frozen) {
                  putOff.add(what);
                } else {
                  what.run();
                }
              }
            });
  }

  @Override
  public String toString() {
    return name;
  }
}
