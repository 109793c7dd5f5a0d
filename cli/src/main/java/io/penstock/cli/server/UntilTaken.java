package io.penstock.cli.server;

import io.penstock.cli.CliException;
import io.penstock.cli.Deadline;
import io.penstock.cli.ExitCode;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Sends one request until the server has taken or refused it, or there is no time left. Only for
 * requests that change nothing more when they arrive twice.
 */
public final class UntilTaken {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
  private static final Duration SHORTEST_LIMIT = Duration.ofMillis(200);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Deadline deadline;
  private final Consumer<String> messages;

  /**
   * @param messages takes what is said about the sending
   */
  public UntilTaken(Deadline deadline, Consumer<String> messages) {
    this.deadline = deadline;
    this.messages = messages;
  }

  /**
   * @param what is sent, for messages, e.g. {@code the event 's-1'}
   * @param whenInDoubt what to do if nobody knows whether it was taken
   * @param request makes it once, with the longest time it may take
   * @return a success, or a refusal that a repetition would not change
   * @throws CliException if nobody is there, or the time is up
   */
  public Answer send(String what, String whenInDoubt, Function<Duration, Answer> request) {
    String obstacle = "";
    while (true) {
      String before = obstacle;
      Duration pause = PAUSE;
      try {
        Duration left = deadline.atMost(ANSWER_LIMIT);
        Answer answer = request.apply(left.compareTo(SHORTEST_LIMIT) < 0 ? SHORTEST_LIMIT : left);
        if (answer.isSuccess() || !answer.mayBeRepeated()) {
          return answer;
        }
        obstacle = "%s (HTTP %d)".formatted(Refusal.reason(answer), answer.status());
        pause = answer.retryAfter().orElse(PAUSE);
      } catch (UnreachableException e) {
        // Nobody there at all is told at once; who was there a moment ago is waited for.
        if (!e.maybeDone() && before.isEmpty()) {
          throw e;
        }
        obstacle = e.getMessage();
      }
      if (before.isEmpty()) {
        messages.accept("%s is sent again: %s".formatted(what, obstacle));
      }
      deadline.pause(pause);
      if (deadline.isOver()) {
        throw new CliException(
            ExitCode.TIMEOUT,
            "cannot send %s within %s: %s; it may have been taken all the same, %s"
                .formatted(what, deadline, obstacle, whenInDoubt));
      }
    }
  }
}
