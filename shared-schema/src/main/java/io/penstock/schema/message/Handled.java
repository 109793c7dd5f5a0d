package io.penstock.schema.message;

import java.util.Optional;

/**
 * What a catch was handling. Noted where the catch is dropped because a step of it failed, so that
 * what that step was to do can still be told.
 *
 * @param step that had failed
 * @param attempt the last of that step
 * @param around likewise, where that step stood in a catch itself
 */
public record Handled(
    StepError error,
    Optional<StepPath> step,
    Optional<Integer> attempt,
    Optional<Handled> around) {}
