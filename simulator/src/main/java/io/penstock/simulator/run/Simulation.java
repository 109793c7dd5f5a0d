package io.penstock.simulator.run;

import io.penstock.schema.Topic;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.StepKind;
import io.penstock.simulator.check.Evidence;
import io.penstock.simulator.check.Invariants;
import io.penstock.simulator.check.Violation;
import io.penstock.simulator.log.Broker;
import io.penstock.simulator.log.DefinitionBook;
import io.penstock.simulator.log.SimulatedLog;
import io.penstock.simulator.plan.Plan;
import io.penstock.simulator.plan.Planned;
import io.penstock.simulator.planted.PlantedBug;
import io.penstock.simulator.shell.BugsOfOurs;
import io.penstock.simulator.shell.Cluster;
import io.penstock.simulator.shell.GroupCoordinator;
import io.penstock.simulator.shell.SimulatedOrchestrator;
import io.penstock.simulator.time.Chance;
import io.penstock.simulator.time.Trace;
import io.penstock.simulator.time.VirtualTime;
import io.penstock.simulator.worker.Call;
import io.penstock.simulator.worker.ShareGroup;
import io.penstock.simulator.worker.SimulatedWorker;
import io.penstock.simulator.world.CommittedHistory;
import io.penstock.simulator.world.SimulatedIngest;
import io.penstock.simulator.world.WorkflowSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One run: an installation of several processes, what its plan makes happen to it, and time to come
 * to rest.
 */
public final class Simulation {
  public static final int PARTITIONS = 2;

  /** Operators look so often once the faults are over. */
  private static final long LOOK = 20_000;

  /** At the most, where all only wait for their time. */
  private static final long LONGEST_LOOK = 60 * 60 * 1_000;

  /** What has not ended so long after the faults will not end: longer than any wait or retry. */
  private static final long PATIENCE = 60L * 24 * 60 * 60 * 1_000;

  /** A run that has done so much goes in circles. */
  private static final long MOST_STEPS = 50_000;

  /** After all has ended: late duplicates may still come. */
  private static final long AFTERWARDS = 70_000;

  private final Plan plan;
  private final Optional<Consumer<String>> reader;
  private final WorkflowSet workflows;
  private final VirtualTime time;
  private final Trace trace;
  private final Cluster cluster;
  private final GroupCoordinator group;
  private final List<SimulatedOrchestrator> orchestrators;
  private final List<ShareGroup> shareGroups;
  private final List<SimulatedWorker> workers;
  private final List<SimulatedIngest> ingests;
  private final CommittedHistory history = new CommittedHistory();
  private final List<Call> calls = new ArrayList<>();
  private final Map<Integer, Planned.Arrival> arrivals = new HashMap<>();
  private boolean isOver;
  private long look = LOOK;
  private long restingSince = -1;

  private Simulation(
      Plan plan, WorkflowSet workflows, PlantedBug planted, Optional<Consumer<String>> reader) {
    this.plan = plan;
    this.reader = reader;
    this.workflows = workflows;
    Chance chance = new Chance(plan.seed());
    time = new VirtualTime(chance);
    trace = new Trace(time, reader.orElse(line -> {}));
    cluster =
        new Cluster(
            time,
            chance,
            trace,
            new SimulatedLog(PARTITIONS, time, trace),
            new Broker(trace),
            new DefinitionBook(time, chance.of("definitions"), readers()),
            planted,
            new BugsOfOurs(),
            Cluster.empty(PARTITIONS));
    group = new GroupCoordinator(cluster);
    orchestrators =
        IntStream.range(0, Plan.ORCHESTRATORS)
            .mapToObj(number -> new SimulatedOrchestrator(number, cluster, group))
            .toList();
    shareGroups =
        Arrays.stream(StepKind.values())
            .map(kind -> new ShareGroup(Topic.stepsOf(kind).topicName(), cluster))
            .toList();
    workers =
        IntStream.range(0, Plan.WORKERS)
            .mapToObj(
                number ->
                    new SimulatedWorker(
                        number, cluster, shareGroups, workflows::answer, calls::add))
            .toList();
    ingests =
        IntStream.range(0, Plan.INGESTS)
            .mapToObj(number -> new SimulatedIngest(number, cluster))
            .toList();
  }

  /** What a seed makes happen. */
  public static Plan plan(long seed) {
    return Plan.of(seed, WorkflowSet.of(seed).names(), PARTITIONS);
  }

  /** Lets a plan happen, and judges what came of it. */
  public static RunResult run(Plan plan, PlantedBug planted) {
    return new Simulation(plan, WorkflowSet.of(plan.seed()), planted, Optional.empty()).run();
  }

  /**
   * Likewise.
   *
   * @param reader is told each line of the trace
   */
  public static RunResult run(Plan plan, PlantedBug planted, Consumer<String> reader) {
    return new Simulation(plan, WorkflowSet.of(plan.seed()), planted, Optional.of(reader)).run();
  }

  private static List<String> readers() {
    return Stream.of(
            IntStream.range(0, Plan.ORCHESTRATORS).mapToObj(SimulatedOrchestrator::name),
            IntStream.range(0, Plan.WORKERS).mapToObj(SimulatedWorker::name),
            IntStream.range(0, Plan.INGESTS).mapToObj(SimulatedIngest::name))
        .flatMap(names -> names)
        .toList();
  }

  private RunResult run() {
    workflows.first().forEach(cluster.definitions()::applyAtOnce);
    cluster
        .log()
        .onAppend(
            record -> {
              history.appended(record);
              wake(record.topic());
            });
    cluster
        .broker()
        .onEnd(transaction -> history.ended(transaction, time.now()).forEach(this::tell));
    orchestrators.forEach(SimulatedOrchestrator::start);
    workers.forEach(SimulatedWorker::start);
    plan.items().forEach(item -> time.at(item.at(), () -> happen(item)));
    Operators operators = new Operators(history, ingests.getFirst());
    time.at(Plan.CALM + LOOK, () -> look(operators));
    while (!isOver && trace.steps() < MOST_STEPS && time.step()) {}
    cluster.bugs().noMore();
    List<Violation> violations = Invariants.check(evidence());
    return new RunResult(
        plan,
        trace.steps(),
        trace.hash(),
        history.all().size(),
        calls.size(),
        violations,
        trace.end());
  }

  private Evidence evidence() {
    return new Evidence(
        cluster,
        workflows,
        history,
        calls,
        shareGroups.stream().flatMap(shared -> shared.dropped().stream()).toList());
  }

  /** Only to who reads along: to write all of it down takes as long as the run. */
  private void tell(CommittedHistory.Entry entry) {
    reader.ifPresent(
        reading ->
            entry
                .transition()
                .facts()
                .forEach(
                    fact -> reading.accept("  " + entry.transition().execution() + " " + fact)));
  }

  private void wake(String topic) {
    if (topic.equals(Topic.INPUTS.topicName())) {
      orchestrators.forEach(SimulatedOrchestrator::turnSoon);
    } else if (topic.startsWith("penstock.steps.")) {
      workers.forEach(SimulatedWorker::pollSoon);
    }
  }

  private void look(Operators operators) {
    boolean rests = rests();
    restingSince = rests ? (restingSince < 0 ? time.now() : restingSince) : -1;
    isOver =
        time.now() > Plan.CALM + PATIENCE || (rests && time.now() - restingSince >= AFTERWARDS);
    look = operators.look() ? LOOK : Math.min(LONGEST_LOOK, look * 3 / 2);
    time.after(look, () -> look(operators));
  }

  /** Nothing is left to read, and every execution has ended. */
  private boolean rests() {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      if (cluster.states().get(partition).offset()
              < cluster.log().end(Topic.INPUTS.topicName(), partition)
          || cluster.broker().holds(partition)) {
        return false;
      }
    }
    return history.all().keySet().stream()
        .allMatch(execution -> history.status(execution).map(ExecutionStatus::isEnd).orElse(true));
  }

  private void happen(Planned item) {
    trace.note(item.toString());
    switch (item) {
      case Planned.Arrival arrival -> {
        arrivals.put(arrival.number(), arrival);
        ingests.get(arrival.ingest()).accept(arrival);
      }
      case Planned.Redelivery again ->
          arrival(again.arrival())
              .ifPresent(arrival -> ingests.get(again.ingest()).accept(arrival));
      case Planned.Wish wish -> arrival(wish.arrival()).ifPresent(arrival -> wish(wish, arrival));
      case Planned.KillOrchestrator kill -> orchestrators.get(kill.which()).kill(kill.downFor());
      case Planned.FreezeOrchestrator freeze -> freeze(orchestrators.get(freeze.which()), freeze);
      case Planned.FailWrite fail ->
          orchestrators.get(fail.which()).failWrite(fail.afterWrites(), fail.dies());
      case Planned.FailCommit fail -> orchestrators.get(fail.which()).failCommit(fail.how());
      case Planned.Rebalance ignored -> group.rebalance();
      case Planned.LoseAnnouncements lose ->
          orchestrators.get(lose.which()).loseAnnouncements(lose.forMillis());
      case Planned.OrchestratorClock clock ->
          orchestrators.get(clock.which()).clockIsAheadBy(clock.aheadBy());
      case Planned.BrokerClock clock -> cluster.log().clockIsAheadBy(clock.aheadBy());
      case Planned.KillWorker kill -> workers.get(kill.which()).kill(kill.downFor());
      case Planned.FreezeWorker freeze -> workers.get(freeze.which()).freeze(freeze.forMillis());
      case Planned.HoldOutcomes hold -> workers.get(hold.which()).holdOutcomes(hold.forMillis());
      case Planned.Poison poison -> Poison.append(poison, cluster.log());
      case Planned.NewVersion version ->
          Optional.of(workflows.second(version.workflow()))
              .filter(
                  workflow ->
                      cluster.definitions().find(workflow.name(), workflow.version()).isEmpty())
              .ifPresent(cluster.definitions()::apply);
      case Planned.BugOfOurs ignored -> cluster.bugs().comeNext();
    }
  }

  private static void freeze(
      SimulatedOrchestrator orchestrator, Planned.FreezeOrchestrator freeze) {
    if (freeze.atWork()) {
      orchestrator.freezeAtWork(freeze.forMillis());
    } else {
      orchestrator.freeze(freeze.forMillis());
    }
  }

  /** One whose arrival was taken out of the plan cannot come again. */
  private Optional<Planned.Arrival> arrival(int number) {
    return Optional.ofNullable(arrivals.get(number));
  }

  private void wish(Planned.Wish wish, Planned.Arrival arrival) {
    ingests
        .getFirst()
        .wish(
            new Control(
                wish.id(),
                SimulatedIngest.execution(arrival, wish.workflow()),
                wish.verb(),
                "ann",
                "simulated",
                Optional.empty()));
  }
}
