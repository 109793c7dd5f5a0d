package io.penstock.cli.replay;

import io.penstock.cli.CliException;
import io.penstock.cli.Deadline;
import io.penstock.cli.ExitCode;
import io.penstock.cli.server.Absence;
import io.penstock.cli.server.Answer;
import io.penstock.cli.server.Refusal;
import io.penstock.cli.server.UnreachableException;
import io.penstock.schema.json.Json;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks how a replay stands, again and again until it has ended. A server that goes away meanwhile
 * is waited for: the replay goes on when it is back.
 */
final class FollowedReplay {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(15);

  private final Replays replays;
  private final String id;
  private final Deadline deadline;
  private final Absence absence;

  /** Whether the server is known to have been there: only then it is worth waiting for. */
  private boolean known;

  /**
   * @param begun whether the server has just told of it
   * @param messages takes what is said about the following, not about the replay
   */
  FollowedReplay(
      Replays replays, String id, Deadline deadline, boolean begun, Consumer<String> messages) {
    this.replays = replays;
    this.id = id;
    this.deadline = deadline;
    this.known = begun;
    this.absence = new Absence(messages);
  }

  /**
   * @param standing takes each answer, the last one too
   * @return the replay at its end
   * @throws CliException with {@link ExitCode#TIMEOUT} when the time is up before
   */
  Json follow(Consumer<Json> standing) {
    Duration pause = FIRST_PAUSE;
    while (true) {
      Optional<Json> replay = ask();
      replay.ifPresent(standing);
      if (replay.isPresent() && ReplayWords.isEnd(replay.get())) {
        return replay.get();
      }
      if (deadline.isOver()) {
        throw new CliException(
            ExitCode.TIMEOUT,
            "replay '%s' has not ended within %s and goes on; 'penstock dlq replays show %s --follow' looks again"
                .formatted(id, deadline, id));
      }
      deadline.pause(pause);
      pause = longer(pause);
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  private Optional<Json> ask() {
    try {
      Answer answer = replays.ask(id, ANSWER_LIMIT);
      if (Replays.isReplay(answer)) {
        absence.cameBack();
        known = true;
        return Optional.of(answer.body());
      }
      if (!answer.mayBeRepeated()) {
        throw Refusal.of("cannot follow replay '" + id + "'", answer);
      }
      absence.wentAway("it answers HTTP %d".formatted(answer.status()));
    } catch (UnreachableException e) {
      if (!known) {
        throw e;
      }
      absence.wentAway(e.getMessage());
    }
    return Optional.empty();
  }
}
