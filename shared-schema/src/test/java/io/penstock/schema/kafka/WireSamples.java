package io.penstock.schema.kafka;

import io.penstock.schema.definition.Workflow;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.CompensationEnd;
import io.penstock.schema.message.CompensationTrigger;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.EventAccepted;
import io.penstock.schema.message.EventKey;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.Gathered;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.IgnoredReason;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepPath;
import io.penstock.schema.message.StepRequested;
import io.penstock.schema.message.TimerDue;
import io.penstock.schema.message.Usage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One message of every form that goes over the wire; each has a golden file of its name. */
final class WireSamples {
  static final Instant AT = Instant.parse("2026-01-01T10:00:00.123Z");
  private static final Optional<Instant> ENDED = Optional.of(AT.plusMillis(250));
  private static final EventKey KEY = EventKey.of("crm", "evt-1", Optional.empty());
  private static final ExecutionId EXECUTION = ExecutionId.of("lead", KEY);
  private static final StepPath COMPANY = new StepPath("company");
  private static final StepPath HIGH = new StepPath("pipeline/0/high");
  private static final CommandId COMMAND = new CommandId(EXECUTION, COMPANY, 1, 2, 3);
  private static final StepError ERROR =
      new StepError(ErrorType.COMMUNICATION, "503 from apollo", true);
  private static final Json PATCH =
      json("[{\"op\":\"replace\",\"path\":\"/input/email\",\"value\":\"b@b.example\"}]");
  private static final Optional<Usage> USAGE =
      Optional.of(new Usage("gpt-small", 120, 34, Optional.of(57L)));

  private WireSamples() {}

  static Map<String, Object> all() {
    Map<String, Object> samples = new LinkedHashMap<>();
    samples.put("event-accepted", event(KEY, Optional.empty()));
    EventKey grouped = EventKey.of("crm", "evt-1", Optional.of("a@b.example"));
    samples.put("event-accepted-partition-key", event(grouped, Optional.of(grouped.recordKey())));
    samples.put(
        "outcome-succeeded",
        outcome(new StepOutcome.Succeeded(json("{\"employees\":42,\"name\":\"Ä & Co\"}")), USAGE));
    samples.put(
        "outcome-failed",
        outcome(
            new StepOutcome.Failed(ERROR, Optional.of(Duration.ofSeconds(7))), Optional.empty()));
    samples.put(
        "outcome-deferred",
        outcome(
            new StepOutcome.Deferred(
                Duration.ofSeconds(30), "rate limit of apollo", Optional.of("slot-9")),
            Optional.empty()));
    samples.put("timer-due", new TimerDue(EXECUTION, AT));
    samples.put(
        "control-cancel",
        new Control(
            "ctl-1", EXECUTION, Control.Verb.CANCEL, "ann", "wrong list", Optional.empty()));
    samples.put(
        "control-replay",
        new Control(
            "ctl-2", EXECUTION, Control.Verb.REPLAY, "ann", "key rotated", Optional.of(COMPANY)));
    samples.put(
        "control-replay-edited",
        new Control(
            "ctl-3",
            EXECUTION,
            Control.Verb.REPLAY,
            "ann",
            "typing error",
            Optional.of(COMPANY),
            Optional.of(PATCH),
            Optional.of("1.0.1")));
    samples.put(
        "step-requested",
        new StepRequested(
            COMMAND,
            StepKind.ENRICH,
            "lead",
            "1.0.0",
            3,
            Optional.of(Duration.ofSeconds(10)),
            json("{\"input\":{\"email\":\"a@b.example\"}}"),
            AT,
            Optional.of("slot-9")));
    samples.put("history", history(everyFact(), Optional.of(ExecutionStatus.WAITING)));
    samples.put("history-inside", history(factsInside(), Optional.of(ExecutionStatus.RUNNING)));
    samples.put("history-limited", history(factsLimited(), Optional.of(ExecutionStatus.RUNNING)));
    samples.put(
        "history-put-off",
        history(
            List.of(
                new Fact.StepPutOff(COMPANY, AT),
                new Fact.WakeUpSet(Optional.empty(), Optional.of(AT))),
            Optional.of(ExecutionStatus.WAITING)));
    samples.put("history-edited", history(factsEdited(), Optional.of(ExecutionStatus.RUNNING)));
    samples.put(
        "history-compensated",
        history(factsCompensated(), Optional.of(ExecutionStatus.COMPENSATED)));
    samples.put("history-handled", history(factsHandled(), Optional.of(ExecutionStatus.WAITING)));
    samples.put(
        "history-ignored",
        new HistoryRecord(
            EXECUTION,
            "lead",
            Optional.empty(),
            8,
            AT,
            Optional.empty(),
            Optional.empty(),
            List.of(
                new Fact.InputIgnored(IgnoredReason.UNKNOWN_EXECUTION, "outcome of " + COMMAND))));
    return samples;
  }

  /** Facts of steps with others inside; no story either. */
  private static List<Fact> factsInside() {
    StepPath both = new StepPath("both");
    StepPath each = new StepPath("each");
    return List.of(
        new Fact.BranchesStarted(both, List.of("person", "company")),
        new Fact.ItemsFound(each, json("[{\"id\":1},null,\"x\"]"), 3),
        new Fact.ItemsStarted(each, 0, 2),
        new Fact.ScopeEnded(both.slot("person"), Optional.empty()),
        new Fact.ScopeEnded(each.slot("1"), Optional.of(ERROR)),
        new Fact.ScopesCancelled(List.of(both.slot("company"), each.slot("2"))),
        new Fact.ScopesLeft(List.of(both.slot("company"))),
        gathered(both, new Gathered.Branches(lastSteps(both))),
        gathered(each, new Gathered.Rounds(3, 1, "call")));
  }

  /** Where failures are handled by several steps, and by the workflow. */
  private static List<Fact> factsHandled() {
    return List.of(
        new Fact.ErrorCaught(COMPANY, 0, ERROR, Optional.empty(), Optional.of(4)),
        new Fact.WaitStarted(COMPANY.slot("catch0").step("breathe"), AT),
        new Fact.ScopesCancelled(List.of(ScopePath.ROOT)),
        new Fact.ErrorCaught(Workflow.WHOLE, 1, ERROR, Optional.of(HIGH), Optional.of(2)),
        new Fact.FinallyStarted(Optional.of(ERROR), Optional.of(HIGH), Optional.of(2)),
        new Fact.FinallyStarted(Optional.empty(), Optional.empty(), Optional.empty()));
  }

  /** Where the definition limits the time of the execution, and that of a step's retries. */
  private static List<Fact> factsLimited() {
    return List.of(
        new Fact.ExecutionStarted(
            "lead",
            "1.0.0",
            "crm",
            "evt-1",
            "contact.created",
            json("{}"),
            Optional.of(AT.plusSeconds(7_200))),
        new Fact.AttemptRequested(
            COMPANY,
            StepKind.ENRICH,
            1,
            2,
            1,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            AT.plusSeconds(3_600),
            Optional.of(AT.minusSeconds(60))));
  }

  /** Where completed steps are undone. */
  private static List<Fact> factsCompensated() {
    return List.of(
        new Fact.CompensationRegistered(COMPANY),
        new Fact.CompensationStarted(
            CompensationTrigger.FAILURE,
            Optional.of(HIGH),
            Optional.of(ERROR),
            Optional.empty(),
            Optional.empty(),
            List.of(COMPANY)),
        new Fact.StepDropped(COMPANY),
        new Fact.StepCompensationStarted(COMPANY),
        new Fact.StepCompensated(
            COMPANY, CompensationEnd.SKIPPED, Optional.of("ann"), Optional.of("by phone")),
        new Fact.ExecutionCompensated());
  }

  /** Where an operator changed what a step does, and where that could not be. */
  private static List<Fact> factsEdited() {
    return List.of(
        new Fact.ExecutionMoved("1.0.0", "1.0.1", "ann", "typing error"),
        new Fact.StepReopened(COMPANY, 2, 1, "ann", "typing error", Optional.of(PATCH)),
        new Fact.InputIgnored(
            IgnoredReason.NOT_APPLICABLE, "replay ctl-4", Optional.of("no step of it is dead")));
  }

  private static Map<String, StepPath> lastSteps(StepPath parallel) {
    Map<String, StepPath> lastSteps = new LinkedHashMap<>();
    lastSteps.put("person", parallel.slot("person").step("score"));
    lastSteps.put("company", parallel.slot("company").step("register"));
    return lastSteps;
  }

  private static Fact gathered(StepPath path, Gathered gathered) {
    return new Fact.StepCompleted(
        path,
        0,
        json("null"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(gathered));
  }

  /** One of each; not a story that can happen. */
  private static List<Fact> everyFact() {
    return List.of(
        new Fact.ExecutionStarted("lead", "1.0.0", "crm", "evt-1", "contact.created", json("{}")),
        new Fact.AttemptRequested(
            COMPANY,
            StepKind.ENRICH,
            1,
            2,
            3,
            Optional.of(Duration.ofSeconds(10)),
            List.of("input.email"),
            Optional.empty(),
            AT.plusSeconds(3_600)),
        new Fact.AttemptHeld(COMPANY, 1, 2, 3, Optional.of("slot-9")),
        new Fact.AttemptFailed(COMPANY, 2, ERROR, USAGE, AT, AT.plusMillis(250)),
        new Fact.AttemptDeferred(COMPANY, 2, 3, AT, "circuit open", Optional.empty()),
        new Fact.RetryScheduled(COMPANY, 3, AT.plusSeconds(1)),
        new Fact.ErrorCaught(COMPANY, 0, ERROR),
        new Fact.BranchTaken(new StepPath("pipeline"), 1, 0, "high", AT, AT.plusMillis(2)),
        new Fact.StepCompleted(
            HIGH, 1, json("{\"id\":\"d7\"}"), Optional.empty(), USAGE, Optional.of(AT), ENDED),
        new Fact.StepCompleted(
            new StepPath("pipeline"),
            0,
            json("{\"branch\":0,\"name\":\"high\"}"),
            Optional.of(HIGH),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        new Fact.StepFailed(COMPANY, 4, ERROR),
        new Fact.StepReopened(COMPANY, 1, 5, "ann", "key rotated"),
        new Fact.ExecutionSuspended(Optional.of(COMPANY), ERROR),
        new Fact.ExecutionPaused("ann", "maintenance"),
        new Fact.ExecutionResumed("ann", "done"),
        new Fact.ExecutionCompleted(json("{\"deal\":\"d7\"}")),
        new Fact.ExecutionFailed(Optional.empty(), ERROR),
        new Fact.ExecutionCancelled("ann", "wrong list"),
        new Fact.ExecutionForgotten(),
        new Fact.WakeUpSet(Optional.empty(), Optional.of(AT)),
        new Fact.InputIgnored(IgnoredReason.STALE_ATTEMPT, "outcome of " + COMMAND));
  }

  private static HistoryRecord history(List<Fact> facts, Optional<ExecutionStatus> status) {
    return new HistoryRecord(
        EXECUTION, "lead", Optional.of("1.0.0"), 7, AT, status, Optional.of(AT), facts);
  }

  private static EventAccepted event(EventKey key, Optional<String> partitionKey) {
    return new EventAccepted(
        "crm",
        "evt-1",
        "contact.created",
        Optional.of("contacts/7"),
        Optional.of(AT.minusSeconds(2)),
        AT,
        partitionKey,
        json("{\"email\":\"a@b.example\",\"score\":1.5,\"tags\":[\"x\",null]}"),
        List.of(new EventAccepted.Start("lead", "1.0.0", ExecutionId.of("lead", key))));
  }

  private static StepOutcome outcome(StepOutcome.Result result, Optional<Usage> usage) {
    return new StepOutcome(COMMAND, result, usage, AT, AT.plusMillis(250), "worker-1");
  }

  private static Json json(String text) {
    return Json.trusted(text.getBytes(StandardCharsets.UTF_8));
  }
}
