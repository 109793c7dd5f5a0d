package io.penstock.simulator.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.orchestrator.core.Decider;
import io.penstock.orchestrator.core.ExecutionDecider;
import io.penstock.schema.Topic;
import io.penstock.schema.kafka.DeadLetter;
import io.penstock.simulator.log.Transaction;
import io.penstock.simulator.planted.PlantedBug;
import io.penstock.simulator.planted.PlantedDecider;
import io.penstock.simulator.time.Chance;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.streams.processor.api.Record;

/**
 * An orchestrator process with one stream thread under exactly-once: it takes records one by one,
 * writes into a transaction that everybody may read, and commits stores, offsets and records of all
 * its partitions together. It can be killed, stand still and go on, lose a write or a commit.
 */
public final class SimulatedOrchestrator {
  private static final String STEPS = "penstock.steps.";
  private static final long SESSION = 6_000;
  private static final long TRANSACTION_TIMEOUT = 10_000;
  private static final long COMMIT_INTERVAL = 100;
  private static final long MOST_AS_ZOMBIE = 500;
  private static final long SHORTEST_TICK = 50;

  /** While the log is quiet: far apart, so that a wait of days is soon over. */
  private static final long LONGEST_TICK = 600_000;

  /** As long as somebody may wait for the end of a log that has come to its end. */
  private static final long LONGEST_TICK_AT_FIRST = 1_000;

  private static final int TICKS_AT_FIRST = 40;

  private final Cluster cluster;
  private final GroupCoordinator group;
  private final String name;
  private final Chance chance;
  private final SimulatedTimers timers;
  private final SeenDefinitions definitions;
  private final Decider decider;
  private final Map<Integer, PartitionTask> tasks = new TreeMap<>();
  private Transaction transaction;
  private boolean alive;
  private boolean frozen;
  private boolean turnIsDue;
  private int life;
  private long freezeFor;
  private long clockIsAheadBy;
  private long tick = SHORTEST_TICK;
  private int ticks;
  private int writeThatFails = -1;
  private boolean diesOfIt;
  private CommitFault commitFault = CommitFault.NONE;

  /** What becomes of a commit. */
  public enum CommitFault {
    NONE,
    /** It did not reach the broker. */
    LOST_BEFORE,
    /** The broker has it; the process does not know. */
    LOST_AFTER
  }

  public SimulatedOrchestrator(int number, Cluster cluster, GroupCoordinator group) {
    this.cluster = cluster;
    this.group = group;
    this.name = name(number);
    this.chance = cluster.chance().of(name);
    this.timers = new SimulatedTimers(cluster.log(), cluster.time(), chance.of("timers"));
    this.definitions = new SeenDefinitions(name, cluster);
    this.decider =
        PlantedDecider.of(
            cluster.bugs().before(new ExecutionDecider(definitions)),
            cluster.planted(),
            this::wallClock);
  }

  public static String name(int number) {
    return "orchestrator-" + number;
  }

  public void start() {
    if (alive) {
      return;
    }
    alive = true;
    cluster.trace().note(name + " starts");
    if (transaction != null) { // the transactional id is the same: the broker ends what it left
      cluster.broker().abort(transaction);
      transaction = null;
    }
    group.join(this);
    int thisLife = life;
    cluster.time().after(SHORTEST_TICK, () -> tick(thisLife));
  }

  /** SIGKILL. The broker notices when its session ends, and its transaction later still. */
  public void kill(long downFor) {
    if (!alive) {
      return;
    }
    cluster.trace().note(name + " is killed");
    alive = false;
    frozen = false;
    life++;
    leaveIfPlanted();
    tasks.clear();
    turnIsDue = false;
    writeThatFails = -1;
    commitFault = CommitFault.NONE;
    int thisLife = life;
    cluster
        .time()
        .after(
            SESSION,
            () -> {
              if (life == thisLife && !alive) {
                group.lost(this);
              }
            });
    cluster.time().after(downFor, this::start);
  }

  /** SIGSTOP, and SIGCONT later: what it had begun it goes on with, though others may have it. */
  public void freeze(long millis) {
    if (alive && !frozen) {
      freezeFor = 0;
      standStill(millis);
    }
  }

  /** The same, but with a record in its buffer, or just written: when it hurts most. */
  public void freezeAtWork(long millis) {
    freezeFor = millis;
  }

  private void standStill(long millis) {
    cluster.trace().note(name + " stands still");
    frozen = true;
    tasks.values().forEach(PartitionTask::fetchesNoMore);
    int thisLife = life;
    cluster
        .time()
        .after(
            SESSION,
            () -> {
              if (life == thisLife && frozen) {
                group.lost(this);
              }
            });
    cluster.time().after(millis, () -> thaw(thisLife));
  }

  private void thaw(int ofLife) {
    if (life != ofLife) {
      return;
    }
    cluster.trace().note(name + " goes on");
    frozen = false;
    if (group.has(this)) {
      tasks.values().forEach(PartitionTask::fetchesAgain);
    } else { // what it has in its buffer it decides, until it asks for more and is told
      cluster
          .time()
          .after(
              chance.skewed(0, MOST_AS_ZOMBIE),
              () -> {
                if (life == ofLife && !frozen) {
                  begins();
                }
              });
    }
    turnSoon();
    commitSoon();
  }

  /** One of its next writes fails; the transaction is lost, or the process with it. */
  public void failWrite(int after, boolean dies) {
    writeThatFails = after;
    diesOfIt = dies;
  }

  public void failCommit(CommitFault fault) {
    commitFault = fault;
  }

  public void loseAnnouncements(long millis) {
    timers.losesUntil(cluster.time().now() + millis);
  }

  /** Sets its own clock, which decides nothing. */
  public void clockIsAheadBy(long millis) {
    clockIsAheadBy = millis;
  }

  /** Something stands in the input log. */
  public void turnSoon() {
    if (alive && !frozen && !turnIsDue && !tasks.isEmpty()) {
      turnIsDue = true;
      int thisLife = life;
      cluster.time().after(chance.skewed(0, 30), () -> turn(thisLife));
    }
  }

  boolean takesOver(int partition) {
    if (!alive || frozen) {
      return false;
    }
    cluster.trace().note(name + " takes over " + partition);
    tasks.put(
        partition,
        new PartitionTask(
            partition,
            cluster.states().get(partition),
            new TaskPorts(
                definitions,
                decider,
                cluster.log(),
                this::endAtTakeOver,
                timers,
                () -> beforeWrite(partition),
                this::send,
                cluster.time()::nanos,
                cluster.planted())));
    ticksOften();
    turnSoon();
    return true;
  }

  private long endAtTakeOver(int partition) {
    return cluster.planted() == PlantedBug.RELEASE_AT_TAKE_OVER
        ? 0
        : cluster.log().end(Topic.INPUTS.topicName(), partition);
  }

  /** The group asks it to commit what it has; who stands still hears nothing. */
  void beforeRebalance() {
    if (alive && !frozen) {
      commit();
    }
  }

  void revoke(int partition) {
    if (alive && !frozen) {
      tasks.remove(partition);
    }
  }

  private void turn(int ofLife) {
    if (life != ofLife) {
      return;
    }
    turnIsDue = false;
    if (!alive || frozen) {
      return;
    }
    List<PartitionTask> ready = tasks.values().stream().filter(PartitionTask::hasNext).toList();
    if (ready.isEmpty()) {
      return;
    }
    PartitionTask task = chance.oneOf(ready);
    ticksOften();
    boolean freezes = freezeFor > 0;
    if (freezes && chance.oneIn(2)) {
      freeze(freezeFor);
      return;
    }
    orLosesItAll(
        () -> {
          begun(task.partition());
          task.next();
        });
    if (freezes) {
      freeze(freezeFor);
    }
    turnSoon();
  }

  private void tick(int ofLife) {
    if (life != ofLife || !alive) {
      return;
    }
    if (!frozen) {
      for (PartitionTask task : List.copyOf(tasks.values())) {
        orLosesItAll(() -> task.tick(wallClock()));
      }
      turnSoon();
    }
    cluster.time().after(tick, () -> tick(ofLife));
    ticks++;
    tick = Math.min(ticks < TICKS_AT_FIRST ? LONGEST_TICK_AT_FIRST : LONGEST_TICK, tick * 5 / 4);
  }

  private void ticksOften() {
    tick = SHORTEST_TICK;
    ticks = 0;
  }

  private long wallClock() {
    return cluster.time().epochMillis() + clockIsAheadBy;
  }

  private Transaction begun(int partition) {
    if (transaction == null) {
      transaction = cluster.broker().begin();
      Transaction begun = transaction;
      cluster.time().after(TRANSACTION_TIMEOUT, () -> cluster.broker().abort(begun));
      commitSoon();
    }
    PartitionTask task = tasks.get(partition);
    transaction.covers(partition, task == null ? 0 : task.takenOverAt());
    return transaction;
  }

  private void commitSoon() {
    int thisLife = life;
    cluster
        .time()
        .after(
            chance.between(1, COMMIT_INTERVAL),
            () -> {
              if (life == thisLife && alive && !frozen) {
                commit();
              }
            });
  }

  private void commit() {
    if (transaction == null) {
      return;
    }
    CommitFault fault = commitFault;
    commitFault = CommitFault.NONE;
    boolean zombie =
        tasks.keySet().stream()
            .anyMatch(partition -> transaction.holds(partition) && !group.owns(this, partition));
    if (!transaction.isOpen()
        || fault == CommitFault.LOST_BEFORE
        || (zombie && cluster.planted() != PlantedBug.ACCEPT_ZOMBIE)) {
      if (cluster.planted() == PlantedBug.COMMIT_BEFORE_PRODUCE
          && fault == CommitFault.LOST_BEFORE) {
        tasks.forEach((partition, task) -> task.commit(cluster.states().get(partition)));
      }
      begins();
      return;
    }
    tasks.forEach((partition, task) -> task.commit(cluster.states().get(partition)));
    Transaction committed = transaction;
    transaction = null;
    cluster.broker().commit(committed);
    if (fault == CommitFault.LOST_AFTER) {
      begins();
    }
  }

  private void orLosesItAll(Runnable work) {
    try {
      work.run();
    } catch (KafkaException e) {
      cluster.trace().note(name + " loses its transaction");
      if (diesOfIt) {
        diesOfIt = false;
        kill(chance.between(500, 20_000));
      } else {
        begins();
      }
    }
  }

  /** Its thread is replaced: stores are wiped, and the group gives it partitions anew. */
  private void begins() {
    leaveIfPlanted();
    if (transaction != null) {
      cluster.broker().abort(transaction);
      transaction = null;
    }
    tasks.clear();
    life++;
    turnIsDue = false;
    ticksOften();
    int thisLife = life;
    cluster
        .time()
        .after(
            chance.between(10, 500),
            () -> {
              if (life == thisLife && alive) {
                group.join(this);
              }
            });
    cluster.time().after(SHORTEST_TICK, () -> tick(thisLife));
  }

  private void leaveIfPlanted() {
    if (cluster.planted() == PlantedBug.KEEP_UNCOMMITTED_STATE) {
      tasks.forEach((partition, task) -> task.leave(cluster.states().get(partition)));
    }
  }

  private void beforeWrite(int partition) {
    if (!begun(partition).isOpen()) {
      throw new ProducerFencedException("its transaction was ended by the broker");
    }
    if (writeThatFails >= 0 && writeThatFails-- == 0) {
      throw new KafkaException("simulated");
    }
  }

  private void send(String topic, Record<byte[], byte[]> record) {
    int partition = cluster.log().partitionOf(record.key() == null ? new byte[0] : record.key());
    beforeWrite(partition);
    byte[] value = record.value();
    if (topic.startsWith(Topic.DEAD_LETTER_PREFIX)) {
      boolean step = !topic.equals(Topic.INPUTS.deadLetterTopicName());
      if (step && cluster.planted() == PlantedBug.LOSE_DEAD_LETTER) {
        return;
      }
      if (!step && cluster.planted() == PlantedBug.STOP_AT_POISON && isUnreadable(record)) {
        throw new KafkaException("planted");
      }
      if (cluster.planted() == PlantedBug.SHORTEN_DEAD_LETTER
          && value != null
          && value.length > 0) {
        value = Arrays.copyOf(value, value.length - 1);
      }
    }
    append(topic, partition, record, value);
    if (cluster.planted() == PlantedBug.COMPENSATE_TWICE && topic.startsWith(STEPS)) {
      again(record).ifPresent(second -> append(topic, partition, record, second));
    }
  }

  private void append(String topic, int partition, Record<byte[], byte[]> record, byte[] value) {
    var unused =
        cluster
            .log()
            .append(
                topic, partition, record.key(), value, record.headers(), Optional.of(transaction));
  }

  private static Optional<byte[]> again(Record<byte[], byte[]> record) {
    String command = new String(record.value(), UTF_8);
    return command.contains("/compensate/")
        ? Optional.of(command.replace("\"delivery\":1", "\"delivery\":2").getBytes(UTF_8))
        : Optional.empty();
  }

  private static boolean isUnreadable(Record<byte[], byte[]> letter) {
    return Arrays.equals(
        letter.headers().lastHeader(DeadLetter.REASON).value(),
        DeadLetter.UNREADABLE.getBytes(UTF_8));
  }

  @Override
  public String toString() {
    return name;
  }
}
