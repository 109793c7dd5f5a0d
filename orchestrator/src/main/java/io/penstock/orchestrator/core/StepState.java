package io.penstock.orchestrator.core;

import io.penstock.schema.message.StepError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the current step of a scope stands. */
public sealed interface StepState {

  /**
   * A command is out, its outcome is awaited.
   *
   * @param due when it is handed out again if nobody has answered
   */
  record Requested(Try current, Instant due) implements StepState {}

  /**
   * For time to pass: a retry or the end of a deferral.
   *
   * @param next what goes out then
   */
  record Waiting(Try next, Instant due) implements StepState {}

  /**
   * For time to pass, which is all that the step does.
   *
   * @param until when it is done
   */
  record Sleeping(Instant until) implements StepState {}

  /**
   * Ready, but the execution is paused or suspended.
   *
   * @param next what goes out when it goes on
   */
  record Held(Try next) implements StepState {}

  /**
   * Steps inside it are at work.
   *
   * @param slot the scope's slot: of a branch, of a catch, or that of {@code finally}
   * @param caught what is handled there; empty for a route's branch
   */
  record Inside(String slot, Optional<Caught> caught) implements StepState {}

  /**
   * Branches of a parallel are at work.
   *
   * @param running names of those that it waits for
   * @param ended names of those that ended well, in this order
   * @param failed how many failed without failing the step
   */
  record Forked(List<String> running, List<String> ended, int failed) implements StepState {
    public Forked {
      running = List.copyOf(running);
      ended = List.copyOf(ended);
    }

    Forked without(String branch) {
      return new Forked(others(branch), ended, failed);
    }

    Forked withEnded(String branch) {
      List<String> more = new ArrayList<>(ended);
      more.add(branch);
      return new Forked(others(branch), more, failed);
    }

    Forked withFailed(String branch) {
      return new Forked(others(branch), ended, failed + 1);
    }

    private List<String> others(String branch) {
      return running.stream().filter(name -> !name.equals(branch)).toList();
    }
  }

  /**
   * Rounds of a foreach are at work. Counts only: which rounds are at work, their scopes say.
   *
   * @param rounds how many there are
   * @param next the first that has not begun
   * @param running how many have begun and not ended
   * @param failed how many failed without failing the step
   * @param dead how many steps inside wait for a replay; no round begins then
   */
  record Iterating(int rounds, int next, int running, int failed, int dead) implements StepState {
    Iterating withStarted(int until) {
      return new Iterating(rounds, until, running + until - next, failed, dead);
    }

    Iterating withoutOne() {
      return new Iterating(rounds, next, running - 1, failed, dead);
    }

    Iterating withFailedOne() {
      return new Iterating(rounds, next, running - 1, failed + 1, dead);
    }

    Iterating withDead(int more) {
      return new Iterating(rounds, next, running, failed, dead + more);
    }

    /** First round that may not begin yet when so many may be at work at a time. */
    int startableUntil(int concurrency) {
      return dead > 0 ? next : Math.min(rounds, next + Math.max(0, concurrency - running));
    }

    boolean isThrough() {
      return next == rounds && running == 0;
    }
  }

  /** Its attempts are used up and nobody caught the error; waits for a replay. */
  record Dead(Try last, StepError error) implements StepState {}

  /** It has its output. */
  record Done() implements StepState {}
}
