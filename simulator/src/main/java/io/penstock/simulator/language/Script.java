package io.penstock.simulator.language;

import io.penstock.schema.json.Json;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.Hash;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepPath;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * How the outside answers each attempt of each step of an execution: by hash, so that it is the
 * same in whatever order and however often somebody asks. A step fails a bounded number of times;
 * after as many attempts, be they retries or replays, it goes well for ever.
 *
 * @param troubled share of the steps that fail at first, 0 to 1
 */
public record Script(long seed, double troubled) {
  private static final int MOST_FAILURES = 9;

  /** How many failures an operator's change of the request spares a step. */
  private static final int SPARED_BY_EDIT = 4;

  private static final double WITH_WISH = 0.3;
  private static final double ODD_ONE = 0.25;
  private static final int LONGEST_WISH_SECONDS = 120;
  private static final int MOST_ITEMS = 5;

  /** Those that may go away more often than others. */
  private static final List<ErrorType> TYPES =
      List.of(
          ErrorType.COMMUNICATION,
          ErrorType.COMMUNICATION,
          ErrorType.COMMUNICATION,
          ErrorType.TIMEOUT,
          ErrorType.TIMEOUT,
          ErrorType.RUNTIME,
          ErrorType.RUNTIME,
          ErrorType.VALIDATION,
          ErrorType.AUTHENTICATION,
          ErrorType.QUOTA);

  /**
   * The answer to one attempt, whichever delivery of it asks.
   *
   * @param attempt counts on through replays, and from 1 in each generation
   */
  public Answer answer(StepPath path, int generation, int attempt) {
    if (attempt > failures(path) - SPARED_BY_EDIT * (generation - 1)) {
      return new Answer.Succeeds(output(path, generation, attempt));
    }
    boolean odd = chance("odd", path, generation, attempt) < ODD_ONE;
    double choice = odd ? chance("type", path, generation, attempt) : chance("type", path, 0, 0);
    ErrorType type = TYPES.get((int) (choice * TYPES.size()));
    if (type == ErrorType.TIMEOUT && chance("hangs", path, generation, attempt) < 0.5) {
      return new Answer.Hangs();
    }
    boolean wishes = chance("wish", path, generation, attempt) < WITH_WISH;
    boolean mayGoAway =
        type.retriableByDefault()
            || (type == ErrorType.RUNTIME && chance("conflict", path, generation, attempt) < 0.2);
    return new Answer.Fails(
        new StepError(type, "scripted " + type.id() + " " + attempt, mayGoAway),
        wishes ? Optional.of(wish(path, generation, attempt)) : Optional.empty());
  }

  private int failures(StepPath path) {
    double chance = chance("fails", path, 0, 0);
    if (chance >= troubled) {
      return 0;
    }
    double share = chance / troubled;
    return 1 + (int) (share * share * MOST_FAILURES); // few mostly, rarely many
  }

  private Duration wish(StepPath path, int generation, int attempt) {
    return Duration.ofSeconds(
        (long) (chance("after", path, generation, attempt) * LONGEST_WISH_SECONDS));
  }

  private Json output(StepPath path, int generation, int attempt) {
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("n", (long) (chance("n", path, generation, attempt) * 10));
    long items = (long) (chance("items", path, generation, attempt) * MOST_ITEMS);
    output.put("list", LongStream.range(0, items).boxed().toList());
    output.put("of", path + "#" + generation + "." + attempt);
    return Json.of(output);
  }

  private double chance(String what, StepPath path, int generation, int attempt) {
    return Hash.fraction(
        what, Long.toString(seed), path.value(), Integer.toString(generation * 1_000 + attempt));
  }
}
