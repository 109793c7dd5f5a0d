package io.penstock.benchmark.compare;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What to compare with, and how. */
final class CompareOptions {
  @Option(
      names = "--bench",
      paramLabel = "DIR",
      required = true,
      defaultValue = "${env:PENSTOCK_BENCH}",
      description =
          "Folder of the side-by-side bench, with bench.mjs and peers/ (default: environment PENSTOCK_BENCH). It is only read.")
  Path bench;

  @Option(
      names = "--peers",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "restate,n8n,zeebe,conductor",
      description =
          "Folders in the bench's peers/, in this order behind ours (default: ${DEFAULT-VALUE}).")
  List<String> peers;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      required = true,
      defaultValue = "${env:PEERS_HOME}",
      description =
          "Where the peers are, or will be, installed, outside of any repository (default: environment PEERS_HOME).")
  Path home;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "So often each, in turns: ours, the first peer, the second, …, ours (default: ${DEFAULT-VALUE}).")
  int rounds;

  @Option(
      names = "--phases",
      defaultValue = "throughput,latency,throughput",
      description =
          "Of the bench; of several of a kind the last one counts, those before warm up (default: ${DEFAULT-VALUE}).")
  String phases;

  @Option(
      names = "--rate",
      paramLabel = "PER_SECOND",
      defaultValue = "5",
      description = "Of the latency phase (default: ${DEFAULT-VALUE}).")
  int rate;

  @Option(
      names = "--warmup",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description = "Before the measured time of the throughput phase (default: ${DEFAULT-VALUE}).")
  int warmUp;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      defaultValue = "40",
      description = "Measured time of each phase (default: ${DEFAULT-VALUE}).")
  int seconds;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Where the bench's lines of JSON are appended (default: benchmark/target/compare.jsonl).")
  Path out;
}
