package io.penstock.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * Kafka's controller and broker as one node.
 *
 * <p>Put together here and not by {@link KafkaRaftServer}, which hides the parts needed to take the
 * ports beforehand, to survive a fault, and to take over from a predecessor that was killed.
 */
final class BrokerNode {

  private static final Logger log = LoggerFactory.getLogger(BrokerNode.class);
  private static final Duration CONTROLLED_SHUTDOWN = Duration.ofSeconds(3);

  private final ControllerServer controller;
  private final BrokerServer broker;

  BrokerNode(Path records, BrokerSockets sockets, BrokerFaults faults) {
    KafkaConfig config = KafkaConfig.fromProps(BrokerSettings.of(records, sockets), false);
    Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> formatted =
        KafkaRaftServer.initializeLogDirs(config, log, "");
    SharedServer shared =
        new SharedServer(
            config,
            formatted._1(),
            Time.SYSTEM,
            new Metrics(),
            CompletableFuture.completedFuture(
                Map.of(BrokerSettings.NODE_ID, sockets.controllerAddress())),
            List.of(),
            faults,
            sockets);
    this.controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), formatted._2());
    this.broker = new BrokerServer(shared);
  }

  void start() {
    // The controller first: the broker registers with it.
    controller.startup();
    KilledPredecessor.unregister(controller.controller());
    broker.startup();
  }

  /** Works on a node that started half way, too. */
  void stop() {
    broker.shutdown(CONTROLLED_SHUTDOWN);
    controller.shutdown();
  }
}
