package io.penstock.benchmark.machine;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Processes that are measured together under a name. */
public sealed interface Watched {
  String name();

  /** Those that live now. */
  Set<Long> pids();

  /** A process and everything that it has started and that still belongs to it. */
  record Tree(String name, long root) implements Watched {
    @Override
    public Set<Long> pids() {
      Map<Long, Long> parents = new HashMap<>();
      ProcFiles.pids()
          .forEach(pid -> ProcessStat.of(pid).ifPresent(s -> parents.put(pid, s.parent())));
      Set<Long> found = new LinkedHashSet<>();
      if (parents.containsKey(root)) {
        found.add(root);
      }
      int before;
      do { // a child may have a lower number than its parent
        before = found.size();
        parents.forEach(
            (pid, parent) -> {
              if (found.contains(parent)) {
                found.add(pid);
              }
            });
      } while (found.size() > before);
      return found;
    }
  }

  /**
   * All that work in a folder or below it. PostgreSQL's processes do, in its data folder; they are
   * nobody's children, since its starter detaches them.
   */
  record Below(String name, Path folder) implements Watched {
    @Override
    public Set<Long> pids() {
      Path real = folder.toAbsolutePath().normalize();
      Set<Long> found = new LinkedHashSet<>();
      for (long pid : ProcFiles.pids()) {
        Optional<Path> at = ProcFiles.workingDirectory(pid);
        if (at.isPresent() && at.get().startsWith(real)) {
          found.add(pid);
        }
      }
      return found;
    }
  }

  /** Each process once, under the first name that claims it. */
  static Map<String, Set<Long>> find(List<Watched> watched) {
    Set<Long> taken = new LinkedHashSet<>();
    Map<String, Set<Long>> byName = new LinkedHashMap<>();
    for (Watched each : watched) {
      Set<Long> pids = new LinkedHashSet<>(each.pids());
      pids.removeAll(taken);
      taken.addAll(pids);
      byName.merge(
          each.name(),
          pids,
          (a, b) -> {
            a.addAll(b);
            return a;
          });
    }
    return byName;
  }
}
