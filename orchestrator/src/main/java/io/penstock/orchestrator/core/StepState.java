package io.penstock.orchestrator.core;

import io.penstock.schema.message.StepError;
import java.time.Instant;
import java.util.Optional;

/** Where the current step of a scope stands. */
public sealed interface StepState {

  /** A command is out, its outcome is awaited. */
  record Requested(Try current) implements StepState {}

  /**
   * For time to pass: a retry or the end of a deferral.
   *
   * @param next what goes out then
   */
  record Waiting(Try next, Instant due) implements StepState {}

  /**
   * Ready, but the execution is paused or suspended.
   *
   * @param next what goes out when it goes on
   */
  record Held(Try next) implements StepState {}

  /**
   * Steps inside it are at work.
   *
   * @param slot the scope's slot: of a branch, or of a catch
   * @param caught the error whose handling runs there; empty for a route's branch
   */
  record Inside(String slot, Optional<StepError> caught) implements StepState {}

  /** Its attempts are used up and nobody caught the error; waits for a replay. */
  record Dead(Try last, StepError error) implements StepState {}

  /** It has its output. */
  record Done() implements StepState {}
}
