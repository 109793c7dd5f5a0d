package io.penstock.orchestrator.stream;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What may be told of an exception that nobody expected: its class and where it came from. Not its
 * message, which may quote the data it stumbled over.
 */
final class BugPlace {
  private static final int FRAMES = 4;

  private BugPlace() {}

  static String of(Throwable bug) {
    return bug.getClass().getName()
        + Arrays.stream(bug.getStackTrace())
            .limit(FRAMES)
            .map(frame -> " at " + frame)
            .collect(Collectors.joining());
  }
}
