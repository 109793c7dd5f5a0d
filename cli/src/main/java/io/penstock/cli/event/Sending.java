package io.penstock.cli.event;

import io.penstock.cli.CliException;
import io.penstock.cli.Deadline;
import io.penstock.cli.server.Answer;
import io.penstock.cli.server.Refusal;
import io.penstock.cli.server.ServerClient;
import io.penstock.cli.server.UntilTaken;
import io.penstock.schema.json.Json;
import java.util.List;
import java.util.function.Consumer;

/** Sends events, each until the server has it or there is no time left. */
final class Sending {
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
    Answer answer =
        new UntilTaken(deadline, messages)
            .send(
                event.named(),
                "to send it again with this id changes nothing then",
                limit ->
                    server.post(
                        "/events", "application/cloudevents+json", event.structured(), limit));
    if (!answer.isSuccess() || answer.body().at("events") == null) {
      violations(answer.body());
      throw Refusal.of("cannot send " + event.named(), answer);
    }
    return Accepted.of(event, answer.body());
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
