package io.penstock.simulator.run;

import io.penstock.schema.message.Control;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.simulator.world.CommittedHistory;
import io.penstock.simulator.world.SimulatedIngest;
import java.util.Optional;

/** After the faults: people who look at what waits for them, and let it go on. */
final class Operators {
  private final CommittedHistory history;
  private final SimulatedIngest ingest;
  private int wishes;

  Operators(CommittedHistory history, SimulatedIngest ingest) {
    this.history = history;
    this.ingest = ingest;
  }

  /** Whether there was something to do. */
  boolean look() {
    boolean helped = false;
    for (ExecutionId execution : history.all().keySet()) {
      Optional<Control.Verb> help = history.status(execution).flatMap(Operators::help);
      help.ifPresent(verb -> ingest.wish(control(execution, verb)));
      helped |= help.isPresent();
    }
    return helped;
  }

  private static Optional<Control.Verb> help(ExecutionStatus status) {
    return switch (status) {
      case PAUSED -> Optional.of(Control.Verb.RESUME);
      case SUSPENDED -> Optional.of(Control.Verb.REPLAY);
      case FAILED_TO_COMPENSATE -> Optional.of(Control.Verb.RETRY_COMPENSATION);
      case RUNNING, WAITING, COMPENSATING, COMPLETED, CANCELLED, FAILED, COMPENSATED ->
          Optional.empty();
    };
  }

  private Control control(ExecutionId execution, Control.Verb verb) {
    return new Control("help-" + wishes++, execution, verb, "ann", "simulated", Optional.empty());
  }
}
