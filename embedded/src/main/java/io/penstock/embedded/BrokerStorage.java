package io.penstock.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * The directory in which a broker keeps its records, made ready for its first start.
 *
 * <p>It is prepared beside its final place and moved there in one step: either it is whole or it
 * does not exist, so a first start that was killed leaves nothing that the second could trip over.
 */
final class BrokerStorage {

  private BrokerStorage() {}

  /** Returns the directory to start on; formats it if there is none yet. */
  static Path prepare(Path dataDirectory) {
    Path records = dataDirectory.resolve("records");
    if (Files.isDirectory(records)) {
      return records;
    }
    Path unfinished = dataDirectory.resolve("records.unfinished");
    try {
      Directories.delete(unfinished);
      format(unfinished);
      Utils.atomicMoveWithFallback(unfinished, records);
      return records;
    } catch (Exception e) {
      // Formatter.run declares just that.
      throw new EmbeddedServerException(
          "cannot prepare %s for Kafka: %s; check that it can be written to and that the disk is not full"
              .formatted(dataDirectory, e),
          e);
    }
  }

  private static void format(Path directory) throws Exception {
    Files.createDirectories(directory);
    try (PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      // The features of the newest release include transaction.version 2 and share.version 1.
      new Formatter()
          .setPrintStream(nowhere)
          .setNodeId(BrokerSettings.NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .setDirectories(List.of(directory.toString()))
          .setMetadataLogDirectory(directory.toString())
          .setControllerListenerName(BrokerSettings.CONTROLLER)
          .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
          // It takes the last replica out of the in-sync set when its broker was killed. With one
          // replica there is nobody else to elect: it could only cost us the leader.
          .setFeatureLevel("eligible.leader.replicas.version", (short) 0)
          .run();
    }
  }
}
