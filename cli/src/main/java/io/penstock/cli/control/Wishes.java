package io.penstock.cli.control;

import io.penstock.cli.Deadline;
import io.penstock.cli.execution.Wording;
import io.penstock.cli.server.Answer;
import io.penstock.cli.server.Refusal;
import io.penstock.cli.server.ServerClient;
import io.penstock.cli.server.UntilTaken;
import io.penstock.schema.json.Json;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Hands wishes over, as many at a time as the server takes. */
final class Wishes {
  private static final int MOST = 500;

  private final ServerClient server;
  private final UntilTaken sending;

  /**
   * @param messages takes what is said about the sending
   */
  Wishes(ServerClient server, Deadline deadline, Consumer<String> messages) {
    this.server = server;
    this.sending = new UntilTaken(deadline, messages);
  }

  void send(List<Wish> wishes) {
    for (int from = 0; from < wishes.size(); from += MOST) {
      sendTogether(wishes.subList(from, Math.min(from + MOST, wishes.size())));
    }
  }

  private void sendTogether(List<Wish> wishes) {
    Json body = Json.of(Map.of("controls", wishes.stream().map(Wish::json).toList()));
    String verb = wishes.getFirst().verb();
    String what = "%s of %s".formatted(verb, Wording.counted(wishes.size(), "execution"));
    Answer answer =
        sending.send(
            what,
            "'penstock executions show ID' tells",
            limit -> server.post("/controls", body, limit));
    if (!answer.isSuccess() || answer.body().at("accepted") == null) {
      throw Refusal.of("cannot send " + what, answer);
    }
  }
}
