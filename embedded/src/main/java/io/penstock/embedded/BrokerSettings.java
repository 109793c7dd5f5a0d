package io.penstock.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What a lone broker on a laptop needs to differ from Kafka's defaults, which are made for a
 * cluster of large machines.
 */
final class BrokerSettings {

  static final int NODE_ID = 1;
  static final String CLIENTS = "CLIENTS";
  static final String CONTROLLER = "CONTROLLER";

  /** For those who take a way to the broker that is not its own address. */
  static final String DETOUR = "DETOUR";

  private static final String HOST = Loopback.HOST;

  private BrokerSettings() {}

  static Properties of(Path logDirectory, BrokerSockets sockets) {
    Properties settings = new Properties();
    oneNode(settings, logDirectory, sockets.clientPort(), sockets.controllerPort());
    sockets.detour().ifPresent(detour -> detour(settings, detour));
    settings.putAll(behaviour());
    littleMemory(settings);
    return settings;
  }

  /** See {@link EmbeddedKafka#behaviour()}. */
  static Map<String, String> behaviour() {
    Map<String, String> settings = new TreeMap<>();
    nothingIsCreatedByAccident(settings);
    oneReplicaOfEverything(settings);
    transactions(settings);
    groupsStartAtOnce(settings);
    shareGroups(settings);
    return settings;
  }

  private static void oneNode(
      Properties settings, Path logDirectory, int clientPort, int controllerPort) {
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", String.valueOf(NODE_ID));
    settings.put("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort);
    settings.put(
        "listeners",
        CLIENTS
            + "://"
            + HOST
            + ":"
            + clientPort
            + ","
            + CONTROLLER
            + "://"
            + HOST
            + ":"
            + controllerPort);
    settings.put("advertised.listeners", CLIENTS + "://" + HOST + ":" + clientPort);
    settings.put("inter.broker.listener.name", CLIENTS);
    settings.put("controller.listener.names", CONTROLLER);
    settings.put(
        "listener.security.protocol.map", CLIENTS + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
    settings.put("log.dirs", logDirectory.toString());
    // A start that hangs says so instead of waiting for ever, which is the default.
    settings.put("server.max.startup.time.ms", "60000");
    settings.put("controller.quorum.append.linger.ms", "0");
    // Taking the partitions from a broker that was silent for a while (a busy or sleeping laptop)
    // helps nobody where there is no other broker.
    settings.put("broker.session.timeout.ms", "300000");
  }

  /** The broker itself never takes it: who speaks to itself by a detour is ill with its clients. */
  private static void detour(Properties settings, BrokerSockets.Detour detour) {
    add(settings, "listeners", DETOUR + "://" + HOST + ":" + detour.port());
    add(settings, "advertised.listeners", DETOUR + "://" + HOST + ":" + detour.advertisedPort());
    add(settings, "listener.security.protocol.map", DETOUR + ":PLAINTEXT");
  }

  private static void add(Properties settings, String key, String entry) {
    settings.merge(key, entry, (entries, added) -> entries + "," + added);
  }

  private static void nothingIsCreatedByAccident(Map<String, String> settings) {
    settings.put("auto.create.topics.enable", "false");
  }

  private static void oneReplicaOfEverything(Map<String, String> settings) {
    settings.put("default.replication.factor", "1");
    settings.put("min.insync.replicas", "1");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "4");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "4");
  }

  private static void transactions(Map<String, String> settings) {
    // The next transaction of a producer waits for the markers of the one before it in steps of
    // this length; the default of 20 ms is most of the latency of an execution.
    settings.put("add.partitions.to.txn.retry.backoff.ms", "1");
    // How often transactions of dead producers are looked for. The default of 10 s would be what a
    // take-over takes, whatever timeout the producer had asked for.
    settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500");
  }

  private static void groupsStartAtOnce(Map<String, String> settings) {
    settings.put("group.initial.rebalance.delay.ms", "0");
    // Members that ask for it are missed sooner than after the 6 s that are the least by default.
    settings.put("group.min.session.timeout.ms", "1000");
    settings.put("group.share.assignment.interval.ms", "0");
    // A member learns of a new topic or a new neighbour with its next heartbeat.
    settings.put("group.share.min.heartbeat.interval.ms", "1000");
    settings.put("group.share.heartbeat.interval.ms", "1000");
  }

  /**
   * The bounds within which a group may configure itself; the group's own defaults stay Kafka's.
   */
  private static void shareGroups(Map<String, String> settings) {
    // How long a killed worker keeps its partitions from the next one; by default 45 s.
    settings.put("group.share.min.session.timeout.ms", "6000");
    settings.put("group.share.session.timeout.ms", "6000");
    settings.put("group.share.min.record.lock.duration.ms", "15000");
    settings.put("group.share.max.record.lock.duration.ms", "60000");
    settings.put("group.share.max.delivery.count.limit", "10");
    settings.put("group.share.max.partition.max.record.locks", "10000");
    // One record that is not acknowledged (a call that takes long, a worker that hangs) holds back
    // whatever is so far behind it; the default of 2000 is five seconds of load on a laptop.
    settings.put("group.share.partition.max.record.locks", "10000");
    settings.put("group.share.max.size", "1000");
    settings.put("group.share.max.share.sessions", "2000");
  }

  private static void littleMemory(Properties settings) {
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("background.threads", "2");
    settings.put("num.recovery.threads.per.data.dir", "2");
    settings.put("group.coordinator.threads", "1");
    settings.put("remote.log.reader.threads", "1");
    // Allocated at once and kept; the default is 128 MiB. Fewer keys fit: more passes, same result.
    settings.put("log.cleaner.dedupe.buffer.size", String.valueOf(8 << 20));
    settings.put("log.cleaner.io.buffer.size", String.valueOf(128 << 10));
    // Enough for a full segment; the default reserves 10 MiB of addresses for each of two files.
    settings.put("log.index.size.max.bytes", String.valueOf(2 << 20));
    // No JMX beans for metrics that nobody reads in a single process.
    settings.put("metric.reporters", "");
  }
}
