package io.penstock.simulator.plan;

import io.penstock.schema.Topic;
import io.penstock.schema.message.Control;
import io.penstock.simulator.language.WorkflowGenerator;
import io.penstock.simulator.shell.SimulatedOrchestrator;
import io.penstock.simulator.time.Chance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What happens in the run of a seed, in the order of its times; everything else follows from the
 * seed.
 */
public record Plan(long seed, List<Planned> items) {
  /** Faults stop then; what has been accepted must come to its end afterwards. */
  public static final long CALM = 120_000;

  public static final int ORCHESTRATORS = 2;
  public static final int WORKERS = 3;
  public static final int INGESTS = 2;

  private static final int MOST_ARRIVALS = 8;
  private static final int MOST_FAULTS = 12;
  private static final long MINUTE = 60_000;

  private static final Control.Verb[] VERBS = {
    Control.Verb.PAUSE,
    Control.Verb.PAUSE,
    Control.Verb.RESUME,
    Control.Verb.REPLAY,
    Control.Verb.REPLAY,
    Control.Verb.CANCEL,
    Control.Verb.CANCEL,
    Control.Verb.COMPENSATE,
    Control.Verb.RETRY_COMPENSATION,
    Control.Verb.SKIP_COMPENSATION,
    Control.Verb.MARK_COMPENSATED
  };

  public Plan {
    items = items.stream().sorted(Comparator.comparingLong(Planned::at)).toList();
  }

  /**
   * By a seed.
   *
   * @param workflows names of the workflows that its events can start
   * @param partitions of the log
   */
  public static Plan of(long seed, List<String> workflows, int partitions) {
    Chance chance = new Chance(seed).of("plan");
    List<Planned> items = new ArrayList<>();
    int arrivals = 1 + chance.below(MOST_ARRIVALS);
    for (int number = 0; number < arrivals; number++) {
      List<String> starts = workflows.stream().filter(name -> chance.below(3) > 0).toList();
      long at = chance.between(0, CALM / 2);
      items.add(
          new Planned.Arrival(
              at,
              number,
              chance.below(INGESTS),
              starts,
              chance.oneIn(3) ? Optional.of("customer-" + chance.below(2)) : Optional.empty(),
              WorkflowGenerator.input(chance.random())));
      if (chance.oneIn(2)) {
        items.add(
            new Planned.Redelivery(at + chance.skewed(1, CALM), number, chance.below(INGESTS)));
      }
      if (!starts.isEmpty() && chance.oneIn(3)) {
        items.addAll(wishes(chance, at, number, starts));
      }
    }
    int faults = chance.below(MOST_FAULTS + 1);
    IntStream.range(0, faults).forEach(n -> items.add(fault(chance, workflows, partitions)));
    items.add(new Planned.BrokerClock(CALM, 0));
    return new Plan(seed, items);
  }

  private static List<Planned> wishes(Chance chance, long since, int arrival, List<String> starts) {
    List<Planned> wishes = new ArrayList<>();
    int count = 1 + chance.below(3);
    for (int i = 0; i < count; i++) {
      Planned.Wish wish =
          new Planned.Wish(
              since + chance.skewed(0, CALM / 2),
              arrival,
              chance.oneOf(starts),
              VERBS[chance.below(VERBS.length)],
              "wish-" + arrival + "-" + i);
      wishes.add(wish);
      if (chance.oneIn(4)) {
        wishes.add(
            new Planned.Wish(
                wish.at() + chance.skewed(1, MINUTE),
                arrival,
                wish.workflow(),
                wish.verb(),
                wish.id()));
      }
    }
    return wishes;
  }

  private static Planned fault(Chance chance, List<String> workflows, int partitions) {
    long at = chance.between(0, CALM);
    int orchestrator = chance.below(ORCHESTRATORS);
    int worker = chance.below(WORKERS);
    return switch (chance.below(17)) {
      case 0, 1 -> new Planned.KillOrchestrator(at, orchestrator, chance.between(100, 20_000));
      case 2, 3 ->
          new Planned.FreezeOrchestrator(
              at, orchestrator, chance.between(100, 25_000), chance.below(3) > 0);
      case 4, 5 -> new Planned.FailWrite(at, orchestrator, chance.below(40), chance.oneIn(2));
      case 6 ->
          new Planned.FailCommit(
              at,
              orchestrator,
              chance.oneIn(2)
                  ? SimulatedOrchestrator.CommitFault.LOST_BEFORE
                  : SimulatedOrchestrator.CommitFault.LOST_AFTER);
      case 7 -> new Planned.Rebalance(at);
      case 8 -> new Planned.LoseAnnouncements(at, orchestrator, chance.between(1_000, 20_000));
      case 9 ->
          new Planned.OrchestratorClock(
              at, orchestrator, chance.between(-10 * MINUTE, 10 * MINUTE));
      case 10 -> new Planned.BrokerClock(at, chance.between(-5 * MINUTE, 20 * MINUTE));
      case 11, 12 -> new Planned.KillWorker(at, worker, chance.between(100, 20_000));
      case 13 -> new Planned.FreezeWorker(at, worker, chance.between(1_000, 90_000));
      case 14 -> new Planned.HoldOutcomes(at, worker, chance.between(1_000, 60_000));
      case 15 ->
          chance.oneIn(2)
              ? new Planned.NewVersion(at, chance.oneOf(workflows))
              : new Planned.Poison(
                  at,
                  chance.oneIn(3) ? Topic.STEPS_LLM.topicName() : Topic.INPUTS.topicName(),
                  chance.below(partitions),
                  chance.below(4));
      default ->
          chance.oneIn(2)
              ? new Planned.BugOfOurs(at)
              : new Planned.Poison(
                  at, Topic.INPUTS.topicName(), chance.below(partitions), chance.below(4));
    };
  }

  /** Without some of its items. */
  public Plan of(List<Planned> remaining) {
    return new Plan(seed, remaining);
  }
}
