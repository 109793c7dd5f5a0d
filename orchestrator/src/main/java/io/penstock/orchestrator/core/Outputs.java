package io.penstock.orchestrator.core;

import io.penstock.schema.json.Json;
import io.penstock.schema.message.Gathered;
import io.penstock.schema.message.StepPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Outputs as expressions see them: what a step takes over from others is put in its place, and only
 * the parts that somebody names are looked at.
 *
 * <p>Parts are paths of member names below the output; an empty path names the whole.
 */
final class Outputs {
  private static final List<List<String>> WHOLE = List.of(List.of());
  private static final String ITEMS = "items";
  private static final String FAILED = "failed";

  private final ExecutionState state;

  Outputs(ExecutionState state) {
    this.state = state;
  }

  /** Null for a step that has none. */
  Object of(StepPath path, List<List<String>> parts) {
    Output output = state.output(path).orElse(null);
    if (output == null) {
      return null;
    }
    boolean isComposed = output.of().isPresent() || output.gathered().isPresent();
    Object whole = isComposed ? composed(path, output, parts) : output.own().value();
    if (!(whole instanceof Map<?, ?>) || parts.stream().anyMatch(List::isEmpty)) {
      return whole;
    }
    return (isComposed ? Json.of(whole) : output.own()).slice(parts).value();
  }

  private Object composed(StepPath path, Output output, List<List<String>> parts) {
    if (output.gathered().isPresent()) {
      return gathered(path, output.gathered().get(), parts);
    }
    Object taken = of(output.of().get(), WHOLE);
    if (!(output.own().value() instanceof Map<?, ?> beside)) {
      return taken;
    }
    Map<String, Object> both = new LinkedHashMap<>();
    beside.forEach((name, value) -> both.put((String) name, value));
    both.put("output", taken);
    return both;
  }

  private Map<String, Object> gathered(StepPath path, Gathered gathered, List<List<String>> parts) {
    Map<String, Object> members = new LinkedHashMap<>();
    switch (gathered) {
      case Gathered.Branches branches ->
          branches
              .lastSteps()
              .forEach(
                  (name, last) -> {
                    if (isNamed(name, parts)) {
                      members.put(name, of(last, WHOLE));
                    }
                  });
      case Gathered.Rounds rounds -> {
        if (isNamed(ITEMS, parts)) {
          List<Object> items = new ArrayList<>(rounds.rounds());
          for (int round = 0; round < rounds.rounds(); round++) {
            items.add(of(lastOf(path, rounds, round), WHOLE));
          }
          members.put(ITEMS, items);
        }
        members.put(FAILED, (long) rounds.failed());
      }
    }
    return members;
  }

  /**
   * How many bytes are stored of what {@link #of} would look at.
   *
   * @param atMost looks no further once there are more
   */
  long storedBytes(StepPath path, List<List<String>> parts, long atMost) {
    Output output = state.output(path).orElse(null);
    if (output == null) {
      return 0;
    }
    long bytes = output.own().sizeBytes();
    if (output.of().isPresent()) {
      bytes += storedBytes(output.of().get(), WHOLE, atMost - bytes);
    }
    return output.gathered().isPresent()
        ? bytes + gatheredBytes(path, output.gathered().get(), parts, atMost - bytes)
        : bytes;
  }

  private long gatheredBytes(
      StepPath path, Gathered gathered, List<List<String>> parts, long atMost) {
    long bytes = 0;
    switch (gathered) {
      case Gathered.Branches branches -> {
        for (Map.Entry<String, StepPath> branch : branches.lastSteps().entrySet()) {
          if (isNamed(branch.getKey(), parts) && bytes <= atMost) {
            bytes += branch.getKey().length() + around(branch.getValue(), atMost - bytes);
          }
        }
      }
      case Gathered.Rounds rounds -> {
        if (isNamed(ITEMS, parts)) {
          for (int round = 0; round < rounds.rounds() && bytes <= atMost; round++) {
            bytes += around(lastOf(path, rounds, round), atMost - bytes);
          }
        }
      }
    }
    return bytes;
  }

  /** With a quoted name, a colon and a comma, or {@code null,}. */
  private long around(StepPath member, long atMost) {
    int punctuation = 8;
    return punctuation + storedBytes(member, WHOLE, atMost);
  }

  /** Whether an output is put together from others', directly or where it comes from. */
  boolean isGathered(StepPath path) {
    return state
        .output(path)
        .filter(
            output ->
                output.gathered().isPresent() || output.of().filter(this::isGathered).isPresent())
        .isPresent();
  }

  private static StepPath lastOf(StepPath path, Gathered.Rounds rounds, int round) {
    return path.slot(Integer.toString(round)).step(rounds.lastStep());
  }

  private static boolean isNamed(String member, List<List<String>> parts) {
    return parts.stream().anyMatch(part -> part.isEmpty() || part.getFirst().equals(member));
  }
}
