package io.penstock.cli.event;

import io.penstock.cli.CliException;
import io.penstock.cli.Deadline;
import io.penstock.cli.ExitCode;
import io.penstock.cli.server.Answer;
import io.penstock.cli.server.Refusal;
import io.penstock.cli.server.ServerClient;
import io.penstock.cli.server.UnreachableException;
import io.penstock.schema.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Sends events, each until the server has it or there is no time left. */
final class Sending {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
  private static final Duration SHORTEST_LIMIT = Duration.ofMillis(200);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final ServerClient server;
  private final Deadline deadline;
  private final Consumer<String> messages;

  /**
   * @param messages takes what is said about the sending
   */
  Sending(ServerClient server, Deadline deadline, Consumer<String> messages) {
    this.server = server;
    this.deadline = deadline;
    this.messages = messages;
  }

  /**
   * @throws CliException if the server refuses it, or does not take it in time
   */
  Accepted send(OutgoingEvent event) {
    if (event.idIsNew()) {
      messages.accept(event.named() + " was given its id here; --id repeats exactly this one");
    }
    String obstacle = "";
    while (true) {
      String before = obstacle;
      Duration pause = PAUSE;
      try {
        Answer answer = post(event);
        if (answer.isSuccess() && answer.body().at("events") != null) {
          return Accepted.of(event, answer.body());
        }
        if (!answer.mayBeRepeated()) {
          violations(answer.body());
          throw Refusal.of("cannot send " + event.named(), answer);
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
        messages.accept("%s is sent again: %s".formatted(event.named(), obstacle));
      }
      deadline.pause(pause);
      if (deadline.isOver()) {
        throw new CliException(
            ExitCode.TIMEOUT,
            "cannot send %s within %s: %s; it may have been taken all the same, to send it again with this id changes nothing then"
                .formatted(event.named(), deadline, obstacle));
      }
    }
  }

  private Answer post(OutgoingEvent event) {
    Duration left = deadline.atMost(ANSWER_LIMIT);
    return server.post(
        "/events",
        "application/cloudevents+json",
        event.structured(),
        left.compareTo(SHORTEST_LIMIT) < 0 ? SHORTEST_LIMIT : left);
  }

  private void violations(Json problem) {
    if (problem.at("violations") instanceof List<?> violations) {
      for (Object each : violations) {
        Json violation = Json.of(each);
        messages.accept(
            "workflow %s, data%s: %s"
                .formatted(
                    violation.at("workflow"), violation.at("pointer"), violation.at("message")));
      }
    }
    if (problem.at("expression") != null) {
      messages.accept(
          "workflow %s, when: %s".formatted(problem.at("workflow"), problem.at("expression")));
    }
  }
}
