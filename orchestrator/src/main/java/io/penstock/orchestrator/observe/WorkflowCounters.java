package io.penstock.orchestrator.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.penstock.schema.message.ExecutionStatus;

/** The counters of one version of a workflow; all of them exist from its first execution on. */
record WorkflowCounters(
    Counter started,
    Counter completed,
    Counter failed,
    Counter cancelled,
    Counter compensated,
    Counter suspended,
    Counter retries,
    Counter deferrals) {

  WorkflowCounters(MeterRegistry registry, String workflow, String version) {
    this(
        of("penstock.executions.started", "executions that began", workflow, version)
            .register(registry),
        ended(workflow, version, ExecutionStatus.COMPLETED).register(registry),
        ended(workflow, version, ExecutionStatus.FAILED).register(registry),
        ended(workflow, version, ExecutionStatus.CANCELLED).register(registry),
        ended(workflow, version, ExecutionStatus.COMPENSATED).register(registry),
        of("penstock.executions.suspended", "suspensions, not executions", workflow, version)
            .register(registry),
        of("penstock.retries", "attempts that were put off after a failure", workflow, version)
            .register(registry),
        of("penstock.deferrals", "attempts that workers gave back uncalled", workflow, version)
            .register(registry));
  }

  private static Counter.Builder ended(String workflow, String version, ExecutionStatus status) {
    return of("penstock.executions.ended", "executions that ended", workflow, version)
        .tag("status", status.name());
  }

  private static Counter.Builder of(
      String name, String description, String workflow, String version) {
    return Counter.builder(name)
        .description(description)
        .tag("workflow", workflow)
        .tag("version", version);
  }
}
