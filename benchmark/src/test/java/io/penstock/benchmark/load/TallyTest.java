package io.penstock.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Leads that ended in every way there is; the measured time is from 100 to 200. */
class TallyTest {
  private static final HttpConnection.Answer ACCEPTED = new HttpConnection.Answer(202, "");
  private static final HttpConnection.Answer REFUSED = new HttpConnection.Answer(503, "busy");

  private final Sends sends = new Sends();
  private final Tally tally =
      new Tally(sends, new Measured(at(100), at(200), new Latencies()), CallsPerLead.ONE_OF_EACH);

  @Test
  void an_accepted_lead_that_was_notified_is_completed() {
    accepted("a-1", 110);
    tally.add(notified("a-1", 1, 115));

    assertThat(tally.completed(Sends.Fate.ACCEPTED)).isEqualTo(1);
    assertThat(tally.duplicated()).isZero();
    assertThat(tally.latencies().percentileMs(50)).isEqualTo(5);
  }

  @Test
  void an_accepted_lead_that_was_never_notified_is_not() {
    accepted("a-1", 110);
    tally.add(notified("a-1", 0, 0));

    assertThat(tally.completed(Sends.Fate.ACCEPTED)).isZero();
    assertThat(tally.latencies().count()).isZero();
  }

  @Test
  void a_lead_that_was_notified_twice_is_duplicated() {
    accepted("a-1", 110);
    tally.add(notified("a-1", 3, 115));

    assertThat(tally.duplicated()).isEqualTo(1);
    assertThat(tally.extra().notifications()).isEqualTo(2);
  }

  @Test
  void calls_beyond_the_first_are_extra() {
    accepted("a-1", 110);
    tally.add(new WorldClient.Event("a-1", 3, 2, 1, at(115), 0));

    assertThat(tally.extra()).isEqualTo(new LoadResult.ExtraCalls(2, 1, 0));
  }

  @Test
  void a_lead_of_several_parts_is_completed_by_the_last_of_them() {
    Tally ofThree =
        new Tally(
            sends, new Measured(at(100), at(200), new Latencies()), new CallsPerLead(1, 1, 3));
    accepted("a-1", 110);
    accepted("a-2", 110);
    ofThree.add(new WorldClient.Event("a-1", 1, 1, 3, at(130), 0));
    ofThree.add(new WorldClient.Event("a-2", 1, 1, 3, WorldClient.NEVER, 1));

    assertThat(ofThree.completed(Sends.Fate.ACCEPTED)).isEqualTo(1);
    assertThat(ofThree.duplicated()).isEqualTo(1);
    assertThat(ofThree.extra().notifications()).isZero();
    assertThat(ofThree.latencies().percentileMs(50)).isBetween(19.9, 20.1);
  }

  @Test
  void warm_up_counts_as_completed_but_in_no_latency() {
    accepted("a-1", 99);
    tally.add(notified("a-1", 1, 105));

    assertThat(tally.completed(Sends.Fate.ACCEPTED)).isEqualTo(1);
    assertThat(tally.latencies().count()).isZero();
  }

  @Test
  void what_ends_after_the_measured_time_counts_in_latency_but_not_in_throughput() {
    accepted("a-1", 199);
    tally.add(notified("a-1", 1, 250));

    assertThat(tally.endedInTime()).isZero();
    assertThat(tally.latencies().percentileMs(50)).isBetween(50.9, 51.1);
  }

  @Test
  void a_refused_or_unknown_lead_that_was_notified_is_told_apart() {
    begun("a-1", 110);
    sends.answered("a-1", REFUSED);
    begun("a-2", 110);
    sends.broken("a-2", new IOException("reset"));
    tally.add(notified("a-1", 1, 115));
    tally.add(notified("a-2", 1, 115));

    assertThat(tally.completed(Sends.Fate.REFUSED)).isEqualTo(1);
    assertThat(tally.completed(Sends.Fate.UNKNOWN)).isEqualTo(1);
    assertThat(sends.firstError()).contains("503 busy");
  }

  @Test
  void a_lead_that_is_accepted_at_last_is_accepted_and_its_time_counts_from_the_first_try() {
    begun("a-1", 110);
    sends.answered("a-1", REFUSED);
    accepted("a-1", 150);
    tally.add(notified("a-1", 1, 155));

    assertThat(sends.leads(Sends.Fate.ACCEPTED)).isEqualTo(1);
    assertThat(sends.leads(Sends.Fate.REFUSED)).isZero();
    assertThat(tally.latencies().percentileMs(50)).isBetween(44.9, 45.1);
  }

  @Test
  void a_lead_of_somebody_else_does_not_count() {
    tally.add(notified("b-1", 2, 115));

    assertThat(tally.duplicated()).isZero();
  }

  private void accepted(String id, long dueMs) {
    begun(id, dueMs);
    sends.answered(id, ACCEPTED);
  }

  private void begun(String id, long dueMs) {
    sends.begun(new Leads.Lead(id, "", false), at(dueMs));
  }

  private static WorldClient.Event notified(String id, int times, long firstMs) {
    return new WorldClient.Event(id, 1, 1, times, at(firstMs), Math.max(0, times - 1));
  }

  private static long at(long ms) {
    return TimeUnit.MILLISECONDS.toNanos(ms);
  }
}
