package io.penstock.schema.expression;

import java.util.List;

/**
 * The names that an expression may start from; which of them have a value depends on the place. A
 * foreach may add one of its own for its item.
 */
public final class Variables {
  /** The event's data: what started the execution. */
  public static final String INPUT = "input";

  /** Earlier steps by id, each with its {@code output}. */
  public static final String STEPS = "steps";

  /** Of the execution itself: {@code id}, {@code workflow}, {@code version}. */
  public static final String EXECUTION = "execution";

  /** What a catch handles: {@code type} and {@code message}. */
  public static final String ERROR = "error";

  /** What the steps of a foreach call the item of their round, unless it says otherwise. */
  public static final String ITEM = "item";

  /** The number of the innermost round, from 0. */
  public static final String INDEX = "index";

  /** What a step hands to its prompt. */
  public static final String VARS = "vars";

  /** Attributes of an event that looks for its workflows. */
  public static final String DATA = "data";

  public static final String TYPE = "type";
  public static final String SUBJECT = "subject";
  public static final String SOURCE = "source";

  /** Parts of the request that a sender made. */
  public static final String HEADERS = "headers";

  public static final String QUERY = "query";
  public static final String BODY = "body";

  public static final List<String> ALL =
      List.of(
          INPUT, STEPS, EXECUTION, ERROR, ITEM, INDEX, VARS, DATA, TYPE, SUBJECT, SOURCE, HEADERS,
          QUERY, BODY);

  private Variables() {}
}
