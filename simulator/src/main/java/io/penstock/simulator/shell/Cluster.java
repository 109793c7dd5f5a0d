package io.penstock.simulator.shell;

import io.penstock.simulator.log.Broker;
import io.penstock.simulator.log.DefinitionBook;
import io.penstock.simulator.log.SimulatedLog;
import io.penstock.simulator.planted.PlantedBug;
import io.penstock.simulator.time.Chance;
import io.penstock.simulator.time.Trace;
import io.penstock.simulator.time.VirtualTime;
import java.util.List;
import java.util.stream.Stream;

/** What all processes of a run share. */
public record Cluster(
    VirtualTime time,
    Chance chance,
    Trace trace,
    SimulatedLog log,
    Broker broker,
    DefinitionBook definitions,
    PlantedBug planted,
    BugsOfOurs bugs,
    List<PartitionState> states) {

  /** Of an installation that has just been set up. */
  public static List<PartitionState> empty(int partitions) {
    return Stream.generate(PartitionState::new).limit(partitions).toList();
  }
}
