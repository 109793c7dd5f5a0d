package io.penstock.orchestrator.core;

/**
 * A running scope: its steps are taken one after the other, this is the current one.
 *
 * @param stepId of the current step
 */
public record Scope(String stepId, StepState step) {}
