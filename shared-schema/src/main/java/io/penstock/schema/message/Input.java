package io.penstock.schema.message;

/** Any record that the orchestrator decides on; all stand in {@code penstock.inputs}. */
public sealed interface Input permits EventAccepted, StepOutcome, TimerDue, Control {}
