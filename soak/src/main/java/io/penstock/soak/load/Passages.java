package io.penstock.soak.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.soak.account.Place;
import io.penstock.soak.account.Recovery.Passage;
import io.penstock.soak.account.SentEvent;
import io.penstock.soak.world.CallLog;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;

/** The ways of accepted events, from the sender to the last call of their execution. */
public final class Passages {
  private final Ledger ledger;
  private final CallLog calls;
  private final int partitions;

  public Passages(Ledger ledger, CallLog calls, int partitions) {
    this.ledger = ledger;
    this.calls = calls;
    this.partitions = partitions;
  }

  /** Of events sent at that time or later. */
  public List<Passage> since(Instant sent) {
    return ledger.eventsSince(sent).stream()
        .flatMap(event -> event.accepted().map(at -> passage(event, at)).stream())
        .toList();
  }

  /** Accepted and not at their end. */
  public long open() {
    return since(Instant.MIN).stream().filter(passage -> passage.ended().isEmpty()).count();
  }

  private Passage passage(SentEvent event, Instant accepted) {
    Set<Place> last = event.expectation().stages().getLast();
    Optional<Instant> ended = Optional.of(Instant.MIN);
    for (Place place : last) {
      Optional<Instant> answered = calls.firstAnswer(place);
      ended = ended.flatMap(so -> answered.map(at -> at.isAfter(so) ? at : so));
    }
    return new Passage(partition(event), event.firstSent(), accepted, ended);
  }

  /** As Kafka's producer decides it by the record's key, which is the end of an execution's id. */
  private int partition(SentEvent event) {
    String execution = event.executions().iterator().next();
    String key = execution.substring(execution.indexOf('~') + 1);
    return Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8))) % partitions;
  }
}
