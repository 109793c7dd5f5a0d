package io.penstock.worker.runtime;

import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.StepOutcome;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Makes one call of commands that come more than once: a repetition while the first is in flight
 * waits for its outcome, a later one gets the outcome that is remembered.
 *
 * <p>Repetitions come from a restarted orchestrator (the commands of its last commit interval) and
 * from a record whose lock was lost. The memory is this process's only: it saves calls, promises
 * nothing. Thread-safe.
 */
final class CommandMemory {
  private final Map<CommandId, Known> known = new LinkedHashMap<>();
  private final int capacity;
  private final long maxBytes;
  private final long ageNanos;
  private final LongSupplier nanoTime;
  private long bytes;

  /**
   * @param capacity finished commands that are kept; those in flight are kept besides
   * @param maxBytes of finished commands' outputs together; the eldest go first
   * @param age how long a finished command is kept
   */
  CommandMemory(int capacity, long maxBytes, Duration age, LongSupplier nanoTime) {
    this.capacity = capacity;
    this.maxBytes = maxBytes;
    this.ageNanos = age.toNanos();
    this.nanoTime = nanoTime;
  }

  /**
   * Runs the attempt unless the same command is known.
   *
   * @param attempt must not throw: what it returns is every repetition's outcome too
   */
  StepOutcome once(CommandId id, Supplier<StepOutcome> attempt) {
    CompletableFuture<StepOutcome> mine = new CompletableFuture<>();
    Known first = putIfUnknown(id, mine);
    if (first != null) {
      return first.outcome().join();
    }
    try {
      StepOutcome outcome = attempt.get();
      finish(id, mine, sizeOf(outcome));
      mine.complete(outcome);
      return outcome;
    } catch (RuntimeException | Error e) {
      forget(id);
      mine.completeExceptionally(e);
      throw e;
    }
  }

  private synchronized Known putIfUnknown(CommandId id, CompletableFuture<StepOutcome> outcome) {
    dropOld();
    return known.putIfAbsent(id, new Known(outcome, Long.MAX_VALUE, 0));
  }

  /** Moves it to the end, so that the map is in the order of finishing wherever it is finished. */
  private synchronized void finish(CommandId id, CompletableFuture<StepOutcome> outcome, int size) {
    known.remove(id);
    known.put(id, new Known(outcome, nanoTime.getAsLong(), size));
    bytes += size;
    dropOld();
  }

  private synchronized void forget(CommandId id) {
    known.remove(id);
  }

  /** The rest of an outcome is small. */
  private static int sizeOf(StepOutcome outcome) {
    return outcome.result() instanceof StepOutcome.Succeeded succeeded
        ? succeeded.output().sizeBytes()
        : 0;
  }

  private void dropOld() {
    int surplus = known.size() - capacity;
    long now = nanoTime.getAsLong();
    Iterator<Known> eldestFirst = known.values().iterator();
    while (eldestFirst.hasNext()) {
      Known eldest = eldestFirst.next();
      if (eldest.inFlight()) {
        continue;
      }
      if (surplus <= 0 && bytes <= maxBytes && now - eldest.finishedAt() < ageNanos) {
        return;
      }
      eldestFirst.remove();
      bytes -= eldest.size();
      surplus--;
    }
  }

  private record Known(CompletableFuture<StepOutcome> outcome, long finishedAt, int size) {
    boolean inFlight() {
      return finishedAt == Long.MAX_VALUE;
    }
  }
}
