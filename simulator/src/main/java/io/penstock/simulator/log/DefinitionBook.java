package io.penstock.simulator.log;

import io.penstock.schema.definition.Workflow;
import io.penstock.simulator.time.Chance;
import io.penstock.simulator.time.VirtualTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The topic of definitions: each reader sees a version some time after it was applied. */
public final class DefinitionBook {
  private static final long LATEST_SIGHT = 9_000;

  private final VirtualTime time;
  private final Chance chance;
  private final List<Workflow> applied = new ArrayList<>();
  private final Map<String, Long> visible = new HashMap<>();
  private final List<String> readers;

  /**
   * @param readers names of all processes that read it
   */
  public DefinitionBook(VirtualTime time, Chance chance, List<String> readers) {
    this.time = time;
    this.chance = chance;
    this.readers = readers;
  }

  /** Before anything else happens: everybody has read it. */
  public void applyAtOnce(Workflow workflow) {
    applied.add(workflow);
    readers.forEach(reader -> visible.put(key(reader, workflow), 0L));
  }

  public void apply(Workflow workflow) {
    applied.add(workflow);
    readers.forEach(
        reader -> visible.put(key(reader, workflow), time.now() + chance.skewed(0, LATEST_SIGHT)));
  }

  /** When a reader has it, in virtual time; empty if it was never applied. */
  public Optional<Long> visibleAt(String reader, String name, String version) {
    return Optional.ofNullable(visible.get(reader + " " + name + "@" + version));
  }

  public Optional<Workflow> find(String name, String version) {
    return applied.stream()
        .filter(workflow -> workflow.name().equals(name) && workflow.version().equals(version))
        .findFirst();
  }

  /** The newest version that a reader has. */
  public Optional<Workflow> newest(String reader, String name) {
    return applied.stream()
        .filter(workflow -> workflow.name().equals(name))
        .filter(workflow -> visible.get(key(reader, workflow)) <= time.now())
        .reduce((older, newer) -> newer);
  }

  private static String key(String reader, Workflow workflow) {
    return reader + " " + workflow.name() + "@" + workflow.version();
  }
}
