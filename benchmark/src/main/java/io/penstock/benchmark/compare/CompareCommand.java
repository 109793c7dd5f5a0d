package io.penstock.benchmark.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.benchmark.testbed.OutputOptions;
import io.penstock.benchmark.testbed.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code benchmark/run compare}. */
@Command(
    name = "compare",
    description = {
      "Run ours and other systems in turns under a side-by-side bench, and print medians and ratios.",
      "Installs what is missing as the bench's install.sh does, which needs npm and Maven. Phases in",
      "which anything else used more than a tenth of the machine's CPU are shown as disturbed, and",
      "not counted."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  benchmark/run compare --bench BENCH --home PEERS --peers restate,n8n --rounds 3",
      "",
      "unclean    phases in which an execution was lost, ended twice or in the wrong place",
      "CPU ms     of everything that the peer starts, in the whole of the last phase of throughput"
    },
    sortOptions = false)
public final class CompareCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Mixin CompareOptions options;

  @Spec CommandSpec command;

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (Workspace workspace = Workspace.open(new OutputOptions(), command.commandLine())) {
      Path home = workspace.home().resolve("benchmark");
      BenchFolder folder =
          BenchFolder.copy(
              options.bench, home.resolve("peer/penstock"), workspace.folder().resolve("bench"));
      BenchRun bench = new BenchRun(folder, options);
      List<Peer> peers = new ArrayList<>(List.of(Peer.OURS));
      for (String name : options.peers) {
        Peer peer = Peer.named(name);
        workspace.progress("installing " + name);
        if (bench.install(peer)) {
          peers.add(peer);
        } else {
          workspace.progress(name + " cannot be installed, see above; going on without it");
        }
      }
      Path out = options.out == null ? home.resolve("target/compare.jsonl") : options.out;
      Comparison comparison = new Comparison();
      for (int round = 1; round <= options.rounds; round++) {
        for (Peer peer : peers) {
          workspace.progress("round %d of %d: %s".formatted(round, options.rounds, peer.name()));
          measure(bench, peer, workspace.folder().resolve(peer.name() + round), out, comparison);
          workspace.print(comparison.table(Peer.OURS.name()));
        }
      }
    }
    return 0;
  }

  private static void measure(
      BenchRun bench, Peer peer, Path lines, Path out, Comparison comparison)
      throws IOException, InterruptedException {
    double memory = bench.measure(peer, lines);
    if (!Files.exists(lines)) {
      return; // it did not start; the bench has said why
    }
    Map<String, Sample> lastOfItsKind = new LinkedHashMap<>();
    for (String line : Files.readAllLines(lines)) {
      Sample sample = Sample.of(JSON.readTree(line));
      lastOfItsKind.put(sample.phase(), sample);
      Files.createDirectories(out.toAbsolutePath().getParent());
      Files.writeString(out, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    lastOfItsKind.values().forEach(comparison::add);
    comparison.add(peer.name(), Figure.MEMORY, memory);
  }
}
