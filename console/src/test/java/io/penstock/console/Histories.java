package io.penstock.console;

import io.penstock.schema.json.Json;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepPath;
import io.penstock.schema.message.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes history as an orchestrator would: one record for each transition, a second apart. */
public final class Histories {
  public static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final ExecutionId execution;
  private final String workflow;
  private final List<HistoryRecord> records = new ArrayList<>();
  private final Instant startedAt;
  private long sequence;

  private Histories(String id, Instant startedAt, long firstSequence) {
    this.execution = new ExecutionId(id);
    this.workflow = execution.workflow();
    this.startedAt = startedAt;
    this.sequence = firstSequence;
  }

  public static Histories of(String id) {
    return of(id, NOON);
  }

  public static Histories of(String id, Instant startedAt) {
    return of(id, startedAt, 10);
  }

  /** Sequences rise by three. */
  public static Histories of(String id, Instant startedAt, long firstSequence) {
    return new Histories(id, startedAt, firstSequence);
  }

  /** A lead that goes the whole way: enriched at the second try, scored, routed, announced. */
  public static List<HistoryRecord> lead(String id, Instant startedAt, String email) {
    return of(id, startedAt)
        .then(started(Json.of(Map.of("email", email))), requested("company", StepKind.ENRICH, 1, 1))
        .then(
            ExecutionStatus.WAITING,
            Optional.of(startedAt.plusSeconds(5)),
            attemptFailed("company", 1, ErrorType.COMMUNICATION, "503 from apollo"),
            new Fact.RetryScheduled(new StepPath("company"), 2, startedAt.plusSeconds(5)))
        .then(requested("company", StepKind.ENRICH, 2, 1))
        .then(
            completed("company", 2, Json.of(Map.of("name", "Acme", "employees", 120L))),
            requested("score", StepKind.LLM, 1, 1, "input.email", "steps.company.output.name"))
        .then(
            completed("score", 1, Json.of(Map.of("total", 27L)), usage(300, 40, 1_250L)),
            requested("pipeline", StepKind.ROUTE, 1, 1, "steps.score.output.total"))
        .then(
            new Fact.BranchTaken(
                new StepPath("pipeline"), 1, 0, "high", startedAt, startedAt.plusMillis(3)),
            requested("pipeline/0/deal", StepKind.NOTIFY, 1, 1, "input.email"))
        .then(
            completed("pipeline/0/deal", 1, Json.of(Map.of("id", "d-1"))),
            takenOver("pipeline", Json.of(Map.of("branch", 0L, "name", "high")), "pipeline/0/deal"))
        .then(
            ExecutionStatus.COMPLETED,
            Optional.empty(),
            new Fact.ExecutionCompleted(Json.of(Map.of("route", "high"))))
        .records();
  }

  public Histories then(Fact... facts) {
    return then(ExecutionStatus.RUNNING, Optional.empty(), facts);
  }

  public Histories then(ExecutionStatus status, Optional<Instant> until, Fact... facts) {
    return add(Optional.of("1.0.0"), Optional.of(status), until, facts);
  }

  /** As for an execution that the orchestrator does not know (any more). */
  public Histories thenUnknown(Fact... facts) {
    return add(Optional.empty(), Optional.empty(), Optional.empty(), facts);
  }

  private Histories add(
      Optional<String> version,
      Optional<ExecutionStatus> status,
      Optional<Instant> until,
      Fact... facts) {
    records.add(
        new HistoryRecord(
            execution,
            workflow,
            version,
            sequence,
            startedAt.plusSeconds(records.size()),
            status,
            until,
            Arrays.asList(facts)));
    sequence += 3;
    return this;
  }

  public List<HistoryRecord> records() {
    return List.copyOf(records);
  }

  public static Fact.ExecutionStarted started(Json input) {
    return new Fact.ExecutionStarted("lead", "1.0.0", "crm", "evt-1", "contact.created", input);
  }

  public static Fact.AttemptRequested requested(
      String path, StepKind kind, int attempt, int delivery, String... reads) {
    return new Fact.AttemptRequested(
        new StepPath(path),
        kind,
        1,
        attempt,
        delivery,
        Optional.empty(),
        List.of(reads),
        Optional.empty(),
        NOON.plusSeconds(3_600));
  }

  public static Fact.AttemptFailed attemptFailed(
      String path, int attempt, ErrorType type, String message) {
    return new Fact.AttemptFailed(
        new StepPath(path),
        attempt,
        StepError.of(type, message),
        Optional.empty(),
        NOON,
        NOON.plusMillis(250));
  }

  public static Fact.StepCompleted completed(String path, int attempt, Json output) {
    return completed(path, attempt, output, Optional.empty());
  }

  public static Fact.StepCompleted completed(
      String path, int attempt, Json output, Optional<Usage> usage) {
    return new Fact.StepCompleted(
        new StepPath(path),
        attempt,
        output,
        Optional.empty(),
        usage,
        Optional.of(NOON),
        Optional.of(NOON.plusMillis(120)));
  }

  /** A step that ends with the output of another. */
  public static Fact.StepCompleted takenOver(String path, Json beside, String from) {
    return new Fact.StepCompleted(
        new StepPath(path),
        0,
        beside,
        Optional.of(new StepPath(from)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public static Optional<Usage> usage(long inputTokens, long outputTokens, Long costMicroUsd) {
    return Optional.of(
        new Usage("small-model", inputTokens, outputTokens, Optional.ofNullable(costMicroUsd)));
  }
}
