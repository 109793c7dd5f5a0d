package io.penstock.benchmark.load;

import io.penstock.benchmark.machine.MachineUse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of a load. The counts are over everything sent, warm-up included: nothing may be lost
 * there either. Times are over what was due in the measured time.
 *
 * @param completed accepted and notified, of all parts if there are several
 * @param lost accepted and never completed
 * @param unknownCompleted no answer came, but it was notified
 * @param refusedCompleted an answer other than 2xx, but it was notified
 * @param duplicated leads notified of the same more than once
 * @param extra calls beyond those that their lead is to make
 * @param misrouted notifications in the wrong channel
 * @param executions latencies from the scheduled time of the webhook to the notification that
 *     completes the lead
 * @param acknowledgements latencies from the scheduled time of the webhook to its answer
 * @param executionsPerSecond leads completed in the measured time
 * @param drainedAfterSeconds from the last answer to the last completion, 0 or more
 * @param dueNanos of the leads in the measured time, when their webhook was due
 */
public record LoadResult(
    LoadPlan plan,
    long sent,
    long repeated,
    long accepted,
    long refused,
    long unknown,
    long completed,
    long lost,
    long unknownCompleted,
    long refusedCompleted,
    long duplicated,
    ExtraCalls extra,
    long misrouted,
    Latencies executions,
    Latencies acknowledgements,
    double executionsPerSecond,
    double drainedAfterSeconds,
    Map<String, Integer> statuses,
    Optional<String> firstError,
    Map<String, Long> dueNanos,
    MachineUse use) {

  /** Of each kind. */
  public record ExtraCalls(long enrich, long chat, long notifications) {}

  static LoadResult of(
      LoadPlan plan,
      Sends sends,
      Measured measured,
      long lastSendNanos,
      List<WorldClient.Event> events,
      long misrouted,
      MachineUse use) {
    Tally tally = new Tally(sends, measured, plan.calls());
    events.forEach(tally::add);
    long accepted = sends.leads(Sends.Fate.ACCEPTED);
    return new LoadResult(
        plan,
        sends.requests(),
        sends.repeated(),
        accepted,
        sends.leads(Sends.Fate.REFUSED),
        sends.leads(Sends.Fate.UNKNOWN),
        tally.completed(Sends.Fate.ACCEPTED),
        accepted - tally.completed(Sends.Fate.ACCEPTED),
        tally.completed(Sends.Fate.UNKNOWN),
        tally.completed(Sends.Fate.REFUSED),
        tally.duplicated(),
        tally.extra(),
        misrouted,
        tally.latencies(),
        measured.acknowledgements(),
        tally.endedInTime() / measured.seconds(),
        (Math.max(tally.lastCompletedNanos(), lastSendNanos) - lastSendNanos) / 1e9,
        sends.statuses(),
        sends.firstError(),
        sends.dueNanos(measured::includes),
        use);
  }

  /** Leads completed in the measured time. */
  public long executionsInTime() {
    return Math.round(executionsPerSecond * plan.measured().toMillis() / 1e3);
  }

  /** Whether everything accepted ended, once and in the right place. */
  public boolean isClean() {
    return lost == 0 && duplicated == 0 && misrouted == 0 && refused == 0 && unknown == 0;
  }

  /** For one line of JSON. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("run", plan.prefix());
    switch (plan.pace()) {
      case LoadPlan.OpenLoop open -> map.put("rate", open.perSecond());
      case LoadPlan.ClosedLoop closed -> map.put("window", closed.window());
    }
    map.put("connections", plan.connections());
    map.put("warmup_s", plan.warmUp().toMillis() / 1e3);
    map.put("measured_s", plan.measured().toMillis() / 1e3);
    map.put("sent", sent);
    map.put("repeated", repeated);
    map.put("accepted", accepted);
    map.put("refused", refused);
    map.put("unknown", unknown);
    map.put("completed", completed);
    map.put("lost", lost);
    map.put("unknown_completed", unknownCompleted);
    map.put("refused_completed", refusedCompleted);
    map.put("duplicated", duplicated);
    map.put("extra_enrich", extra.enrich());
    map.put("extra_llm", extra.chat());
    map.put("extra_notify", extra.notifications());
    map.put("misrouted", misrouted);
    map.put("executions_per_s", round(executionsPerSecond));
    map.putAll(executions.asMap(""));
    map.putAll(acknowledgements.asMap("ack_"));
    map.put("drained_after_s", round(drainedAfterSeconds));
    map.put("statuses", statuses);
    firstError.ifPresent(error -> map.put("first_error", error));
    map.putAll(use.asMap());
    if (executionsInTime() > 0 && !use.cpuSeconds().isEmpty()) {
      map.put("cpu_ms_per_execution", round(use.totalCpuSeconds() * 1e3 / executionsInTime()));
    }
    return map;
  }

  private static double round(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
