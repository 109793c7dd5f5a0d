package io.penstock.console.execution;

import java.util.List;
import java.util.Optional;

/**
 * Some steps of an execution.
 *
 * @param steps in the order in which they began
 * @param next where the next page begins; absent on the last one
 */
record StepPage(List<StepDetail> steps, Optional<String> next) {}
