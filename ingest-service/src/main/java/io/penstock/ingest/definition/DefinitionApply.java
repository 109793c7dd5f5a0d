package io.penstock.ingest.definition;

import io.penstock.ingest.problem.Reason;
import io.penstock.ingest.problem.RejectedException;
import io.penstock.ingest.start.KafkaAddress;
import io.penstock.schema.definition.Definition;
import io.penstock.schema.definition.DefinitionKey;
import io.penstock.schema.language.DefinitionReader;
import io.penstock.schema.language.InvalidDefinitionException;
import io.penstock.schema.language.Located;
import io.penstock.schema.language.Problem;
import io.penstock.schema.language.Reading;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies definitions: all of a request or none. What is decided, is decided on what stands on the
 * topic itself and not on this process' memory, while nobody else can write there.
 */
@ApplicationScoped
public class DefinitionApply {
  private static final Logger LOG = LoggerFactory.getLogger(DefinitionApply.class);
  private static final Duration TURN_LIMIT = Duration.ofSeconds(30);

  private final KafkaAddress kafka;
  private final ReentrantLock turn = new ReentrantLock(true);

  DefinitionApply(KafkaAddress kafka) {
    this.kafka = kafka;
  }

  /**
   * @param results what was done, in the order of the files
   * @param lagging readers that did not have the definitions in time; empty: all have them
   */
  record Applied(Map<DefinitionKey, ApplyPlan.Result> results, List<String> lagging) {}

  /**
   * @param wait how long to wait for the readers
   * @throws RejectedException nothing was written
   */
  Applied apply(List<Reading> files, Duration wait) throws RejectedException {
    List<Located<Definition>> wanted = all(files);
    try {
      if (!turn.tryLock(TURN_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new RejectedException(
            Reason.OVERLOADED, "other definitions are being applied: try again later");
      }
      Written written;
      try {
        written = write(wanted);
      } finally {
        turn.unlock();
      }
      return new Applied(written.results(), lagging(written.lastOffset(), wait));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RejectedException(Reason.STARTING, "the server is stopping: try again later");
    } catch (KafkaException e) {
      LOG.atWarn().addKeyValue("cause", e.toString()).log("definitions could not be applied");
      throw new RejectedException(
          Reason.LOG_UNAVAILABLE,
          "Kafka did not answer in time: apply the same definitions again; what is stored already is then unchanged");
    }
  }

  private record Written(Map<DefinitionKey, ApplyPlan.Result> results, long lastOffset) {}

  private static List<Located<Definition>> all(List<Reading> files) throws RejectedException {
    List<Located<Definition>> definitions = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (Reading file : files) {
      definitions.addAll(file.definitions());
      problems.addAll(file.problems());
    }
    requireNone(problems);
    return definitions;
  }

  private Written write(List<Located<Definition>> wanted) throws RejectedException {
    try (DefinitionLog log = DefinitionLog.open(kafka.bootstrapServers())) {
      DefinitionLog.Content present = log.read();
      List<Located<Definition>> onTopic = readable(present.latest());
      ApplyPlan plan = ApplyPlan.of(onTopic, wanted);
      requireNoConflict(plan);
      requireNone(CrossCheck.problems(wanted, onTopic));
      long last = plan.toWrite().isEmpty() ? present.lastOffset() : log.write(plan.toWrite());
      return new Written(plan.results(), last);
    }
  }

  private static List<Located<Definition>> readable(Map<String, byte[]> latest) {
    List<Located<Definition>> definitions = new ArrayList<>();
    for (Map.Entry<String, byte[]> record : latest.entrySet()) {
      try {
        definitions.add(DefinitionReader.readJson(record.getValue()));
      } catch (InvalidDefinitionException e) {
        // The readers skip it too, so for everybody it is not there.
        LOG.atWarn()
            .addKeyValue("definition", record.getKey().replaceAll("[^ -~]", "?"))
            .addKeyValue("reason", e.getMessage())
            .log("a definition on the topic cannot be read");
      }
    }
    return definitions;
  }

  private static void requireNone(List<Problem> problems) throws RejectedException {
    if (!problems.isEmpty()) {
      throw new RejectedException(
          Reason.INVALID_DEFINITION,
          "nothing was applied: %d problem(s), see problems".formatted(problems.size()),
          Map.of("problems", problems));
    }
  }

  private static void requireNoConflict(ApplyPlan plan) throws RejectedException {
    if (!plan.conflicts().isEmpty()) {
      throw new RejectedException(
          Reason.IMMUTABLE,
          "nothing was applied: these versions exist with other content and are immutable: %s; raise the version"
              .formatted(
                  plan.conflicts().stream()
                      .map(DefinitionKey::toString)
                      .collect(Collectors.joining(", "))),
          Map.of("conflicts", plan.conflicts()));
    }
  }

  private List<String> lagging(long offset, Duration wait) throws InterruptedException {
    Map<String, Object> settings =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.bootstrapServers(),
            AdminClientConfig.CLIENT_ID_CONFIG,
            "penstock-ingest-readers");
    try (Admin admin = Admin.create(settings)) {
      return new DefinitionReaders(admin).lagging(offset, wait);
    }
  }
}
