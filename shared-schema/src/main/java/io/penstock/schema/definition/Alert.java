package io.penstock.schema.definition;

import io.penstock.schema.expression.Expression;
import io.penstock.schema.expression.Template;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells people of executions that need somebody. It is delivered by an execution of its own, of the
 * {@link #workflow()} that follows from it, so it is immutable under {@code name@version}.
 *
 * @param on what it tells of; at least one
 * @param waitsFor how long a step waits before it is told of; present with {@link On#WAITING} only
 * @param when over {@code input}, one occurrence; absent: all of them
 * @param channel name of a {@code Channel}
 * @param text of the message; sees {@code input}
 * @param throttle of occurrences that are alike, one message in this time tells of all; zero: each
 *     has its own
 */
public record Alert(
    String name,
    String version,
    Set<On> on,
    Optional<Duration> waitsFor,
    Optional<Expression> when,
    String channel,
    Template text,
    Duration throttle)
    implements Definition {
  /** CloudEvents {@code source} of Penstock's own events; no {@code Source} can have this name. */
  public static final String SOURCE = "penstock";

  /** What no name of a user's workflow can begin with: it has a dot. */
  public static final String WORKFLOW_PREFIX = "alert.";

  public static final Duration DEFAULT_THROTTLE = Duration.ofMinutes(10);

  private static final Duration DEADLINE = Duration.ofDays(1);

  /** As patient as a channel that is down needs it; after that the news is old. */
  private static final Retry RETRY =
      Retry.of(
          new Retry.Backoff(
              Retry.Backoff.Kind.EXPONENTIAL,
              Duration.ofSeconds(5),
              2,
              Duration.ofMinutes(5),
              50,
              0.2,
              Optional.of(Duration.ofHours(2))));

  public Alert {
    on = Set.copyOf(on);
  }

  /** What there is to tell of. */
  public enum On {
    /** An execution waits for somebody to replay or cancel it. */
    SUSPENDED("suspended"),
    /** An execution has ended as {@code FAILED}. */
    FAILED("failed"),
    /** A step waits for long, be it after a deferral or before a retry. */
    WAITING("waiting"),
    /** A record that nobody could read. */
    DEAD_LETTER("deadLetter");

    private final String id;

    On(String id) {
      this.id = id;
    }

    /** As definitions write it. */
    public String id() {
      return id;
    }
  }

  @Override
  public DefinitionKey key() {
    return new DefinitionKey("Alert", name, Optional.of(version));
  }

  /** Name of the workflow that delivers an alert; also the type of the events that start it. */
  public static String workflowName(String alert) {
    return WORKFLOW_PREFIX + alert;
  }

  /**
   * What delivers it: one message to the channel. An execution of it that fails is told of by no
   * alert, or a channel that is down would cause messages about itself.
   */
  public Workflow workflow() {
    String workflow = workflowName(name);
    Step tell =
        new Step(
            "tell", new Action.NotifyChannel(channel, text), RETRY, Optional.empty(), List.of());
    return new Workflow(
        workflow,
        version,
        "delivers Alert " + name,
        List.of(new Trigger(SOURCE, workflow, Optional.empty())),
        Optional.empty(),
        List.of(tell),
        OnFailure.FAIL,
        Optional.of(DEADLINE),
        Optional.empty());
  }
}
