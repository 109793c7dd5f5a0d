package io.penstock.ingest.problem;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What may be logged of an unexpected exception: types and places. Messages may not: those of
 * parsers quote what they were given, and that is somebody's payload.
 */
final class FaultPlace {
  private static final int MAX_CAUSES = 5;
  private static final int MAX_FRAMES = 12;

  private FaultPlace() {}

  /** The exception's class and those of its causes, the last one being where it began. */
  static String types(Throwable fault) {
    return causes(fault)
        .map(cause -> cause.getClass().getName())
        .collect(Collectors.joining(", caused by "));
  }

  /** The innermost places of where it began, with commas between. */
  static String frames(Throwable fault) {
    Throwable origin = causes(fault).reduce((outer, inner) -> inner).orElse(fault);
    return Arrays.stream(origin.getStackTrace())
        .limit(MAX_FRAMES)
        .map(StackTraceElement::toString)
        .collect(Collectors.joining(", "));
  }

  private static Stream<Throwable> causes(Throwable fault) {
    return Stream.iterate(fault, cause -> cause != null, Throwable::getCause).limit(MAX_CAUSES);
  }
}
