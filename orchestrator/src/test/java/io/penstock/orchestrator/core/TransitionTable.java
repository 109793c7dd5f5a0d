package io.penstock.orchestrator.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the core does, by situation (kind of step, its state, phase of the execution) and input. An
 * outcome is that of attempt 1; a timer is due; a start is the event's second delivery where the
 * execution exists.
 */
final class TransitionTable {
  private static final String TABLE =
      """
      kind   state     phase  succeeded          failed-retriable   failed-terminal       deferred           timer              cancel              pause              resume             replay               start            decision-failed
      enrich none      none   -unknown_execution -unknown_execution -unknown_execution    -unknown_execution -unknown_execution -unknown_execution  -unknown_execution -unknown_execution -unknown_execution   started+out      -unknown_execution
      enrich none      Active -not_expected      -not_expected      -not_expected         -not_expected      out                cancelled+forgotten paused             -not_applicable    -not_applicable      -duplicate_event suspended
      enrich none      Paused -not_expected      -not_expected      -not_expected         -not_expected      held               cancelled+forgotten -not_applicable    resumed            -not_applicable      -duplicate_event suspended
      enrich none      Broken -not_expected      -not_expected      -not_expected         -not_expected      -not_due           cancelled+forgotten -not_applicable    -not_applicable    resumed+out          -duplicate_event -not_applicable
      enrich none      Ended  -already_decided   -already_decided   -already_decided      -already_decided   -not_due           -not_applicable     -not_applicable    -not_applicable    -not_applicable      -duplicate_event -not_applicable
      enrich Requested Active done+out           failed+retry       failed+dead+suspended deferred           out                cancelled+forgotten paused             -not_applicable    -not_applicable      -duplicate_event suspended
      enrich Requested Paused done+held          failed+retry       failed+dead+suspended deferred           held               cancelled+forgotten -not_applicable    resumed            -not_applicable      -duplicate_event suspended
      enrich Requested Broken done+held          failed+retry       failed+dead+suspended deferred           -not_due           cancelled+forgotten -not_applicable    -not_applicable    resumed+out          -duplicate_event -not_applicable
      enrich Waiting   Active done+out           -stale_attempt     -stale_attempt        -stale_attempt     out                cancelled+forgotten paused             -not_applicable    -not_applicable      -duplicate_event suspended
      enrich Waiting   Paused done+held          -stale_attempt     -stale_attempt        -stale_attempt     held               cancelled+forgotten -not_applicable    resumed            -not_applicable      -duplicate_event suspended
      enrich Waiting   Broken done+held          -stale_attempt     -stale_attempt        -stale_attempt     -not_due           cancelled+forgotten -not_applicable    -not_applicable    resumed              -duplicate_event -not_applicable
      enrich Held      Paused -not_expected      -not_expected      -not_expected         -not_expected      -not_due           cancelled+forgotten -not_applicable    resumed+out        -not_applicable      -duplicate_event suspended
      enrich Held      Broken -not_expected      -not_expected      -not_expected         -not_expected      -not_due           cancelled+forgotten -not_applicable    -not_applicable    resumed+out          -duplicate_event -not_applicable
      enrich Inside    Active -already_decided   -already_decided   -already_decided      -already_decided   out                cancelled+forgotten paused             -not_applicable    -not_applicable      -duplicate_event suspended
      enrich Inside    Paused -already_decided   -already_decided   -already_decided      -already_decided   held               cancelled+forgotten -not_applicable    resumed            -not_applicable      -duplicate_event suspended
      enrich Inside    Broken -already_decided   -already_decided   -already_decided      -already_decided   -not_due           cancelled+forgotten -not_applicable    -not_applicable    resumed+out          -duplicate_event -not_applicable
      enrich Inside    Ended  -already_decided   -already_decided   -already_decided      -already_decided   -not_due           -not_applicable     -not_applicable    -not_applicable    -not_applicable      -duplicate_event -not_applicable
      enrich Dead      Active -already_decided   -already_decided   -already_decided      -already_decided   -not_due           cancelled+forgotten -not_applicable    -not_applicable    reopened+out         -duplicate_event suspended
      enrich Dead      Paused -already_decided   -already_decided   -already_decided      -already_decided   -not_due           cancelled+forgotten -not_applicable    resumed            reopened             -duplicate_event suspended
      enrich Dead      Broken -already_decided   -already_decided   -already_decided      -already_decided   -not_due           cancelled+forgotten -not_applicable    -not_applicable    reopened+resumed+out -duplicate_event -not_applicable
      enrich Dead      Ended  -already_decided   -already_decided   -already_decided      -already_decided   -not_due           -not_applicable     -not_applicable    -not_applicable    -not_applicable      -duplicate_event -not_applicable
      enrich Done      Active -already_decided   -already_decided   -already_decided      -already_decided   out                cancelled+forgotten paused             -not_applicable    -not_applicable      -duplicate_event suspended
      enrich Done      Paused -already_decided   -already_decided   -already_decided      -already_decided   held               cancelled+forgotten -not_applicable    resumed            -not_applicable      -duplicate_event suspended
      enrich Done      Broken -already_decided   -already_decided   -already_decided      -already_decided   -not_due           cancelled+forgotten -not_applicable    -not_applicable    resumed+out          -duplicate_event -not_applicable
      enrich Done      Ended  -already_decided   -already_decided   -already_decided      -already_decided   -not_due           -not_applicable     -not_applicable    -not_applicable    -not_applicable      -duplicate_event -not_applicable
      route  none      none   -unknown_execution -unknown_execution -unknown_execution    -unknown_execution -unknown_execution -unknown_execution  -unknown_execution -unknown_execution -unknown_execution   started+out      -unknown_execution
      route  none      Active -not_expected      -not_expected      -not_expected         -not_expected      out                cancelled+forgotten paused             -not_applicable    -not_applicable      -duplicate_event suspended
      route  none      Paused -not_expected      -not_expected      -not_expected         -not_expected      held               cancelled+forgotten -not_applicable    resumed            -not_applicable      -duplicate_event suspended
      route  none      Broken -not_expected      -not_expected      -not_expected         -not_expected      -not_due           cancelled+forgotten -not_applicable    -not_applicable    resumed+out          -duplicate_event -not_applicable
      route  none      Ended  -already_decided   -already_decided   -already_decided      -already_decided   -not_due           -not_applicable     -not_applicable    -not_applicable    -not_applicable      -duplicate_event -not_applicable
      route  Requested Active branch+out         failed+retry       failed+dead+suspended deferred           out                cancelled+forgotten paused             -not_applicable    -not_applicable      -duplicate_event suspended
      route  Requested Paused branch+held        failed+retry       failed+dead+suspended deferred           held               cancelled+forgotten -not_applicable    resumed            -not_applicable      -duplicate_event suspended
      route  Requested Broken branch+held        failed+retry       failed+dead+suspended deferred           -not_due           cancelled+forgotten -not_applicable    -not_applicable    resumed+out          -duplicate_event -not_applicable
      route  Waiting   Active branch+out         -stale_attempt     -stale_attempt        -stale_attempt     out                cancelled+forgotten paused             -not_applicable    -not_applicable      -duplicate_event suspended
      route  Waiting   Paused branch+held        -stale_attempt     -stale_attempt        -stale_attempt     held               cancelled+forgotten -not_applicable    resumed            -not_applicable      -duplicate_event suspended
      route  Waiting   Broken branch+held        -stale_attempt     -stale_attempt        -stale_attempt     -not_due           cancelled+forgotten -not_applicable    -not_applicable    resumed              -duplicate_event -not_applicable
      route  Held      Paused -not_expected      -not_expected      -not_expected         -not_expected      -not_due           cancelled+forgotten -not_applicable    resumed+out        -not_applicable      -duplicate_event suspended
      route  Held      Broken -not_expected      -not_expected      -not_expected         -not_expected      -not_due           cancelled+forgotten -not_applicable    -not_applicable    resumed+out          -duplicate_event -not_applicable
      route  Inside    Active -already_decided   -already_decided   -already_decided      -already_decided   out                cancelled+forgotten paused             -not_applicable    -not_applicable      -duplicate_event suspended
      route  Inside    Paused -already_decided   -already_decided   -already_decided      -already_decided   held               cancelled+forgotten -not_applicable    resumed            -not_applicable      -duplicate_event suspended
      route  Inside    Broken -already_decided   -already_decided   -already_decided      -already_decided   -not_due           cancelled+forgotten -not_applicable    -not_applicable    resumed+out          -duplicate_event -not_applicable
      route  Inside    Ended  -already_decided   -already_decided   -already_decided      -already_decided   -not_due           -not_applicable     -not_applicable    -not_applicable    -not_applicable      -duplicate_event -not_applicable
      route  Dead      Active -already_decided   -already_decided   -already_decided      -already_decided   -not_due           cancelled+forgotten -not_applicable    -not_applicable    reopened+out         -duplicate_event suspended
      route  Dead      Paused -already_decided   -already_decided   -already_decided      -already_decided   -not_due           cancelled+forgotten -not_applicable    resumed            reopened             -duplicate_event suspended
      route  Dead      Broken -already_decided   -already_decided   -already_decided      -already_decided   -not_due           cancelled+forgotten -not_applicable    -not_applicable    reopened+resumed+out -duplicate_event -not_applicable
      route  Dead      Ended  -already_decided   -already_decided   -already_decided      -already_decided   -not_due           -not_applicable     -not_applicable    -not_applicable    -not_applicable      -duplicate_event -not_applicable
      route  Done      Active -already_decided   -already_decided   -already_decided      -already_decided   out                cancelled+forgotten paused             -not_applicable    -not_applicable      -duplicate_event suspended
      route  Done      Paused -already_decided   -already_decided   -already_decided      -already_decided   held               cancelled+forgotten -not_applicable    resumed            -not_applicable      -duplicate_event suspended
      route  Done      Broken -already_decided   -already_decided   -already_decided      -already_decided   -not_due           cancelled+forgotten -not_applicable    -not_applicable    resumed+out          -duplicate_event -not_applicable
      route  Done      Ended  -already_decided   -already_decided   -already_decided      -already_decided   -not_due           -not_applicable     -not_applicable    -not_applicable    -not_applicable      -duplicate_event -not_applicable
      """;

  private TransitionTable() {}

  /** Result by input by situation, in the order of the text. */
  static Map<String, Map<String, String>> expected() {
    List<String> lines = TABLE.lines().filter(line -> !line.isBlank()).toList();
    List<String> inputs = columns(lines.getFirst()).subList(3, columns(lines.getFirst()).size());
    Map<String, Map<String, String>> table = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> columns = columns(line);
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < columns.size() - 3; i++) {
        row.put(inputs.get(i), columns.get(i + 3));
      }
      table.put(String.join(" ", columns.subList(0, 3)), row);
    }
    return table;
  }

  /** The inputs that the table has a column for. */
  static List<String> inputs() {
    return new ArrayList<>(expected().values().iterator().next().keySet());
  }

  private static List<String> columns(String line) {
    return Arrays.asList(line.trim().split(" +"));
  }
}
