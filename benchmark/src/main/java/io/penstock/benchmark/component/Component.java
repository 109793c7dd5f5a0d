package io.penstock.benchmark.component;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A part of {@code penstock dev}, which is one JVM, told from the others by the names of its
 * threads.
 */
public enum Component {
  INGEST("ingest", ".*penstock-ingest.*"),
  ORCHESTRATOR(
      "orchestrator",
      ".*penstock-orchestrator.*",
      ".*penstock-timers",
      ".*definitions-orchestrator.*"),
  WORKERS(
      "workers",
      "steps-.*",
      "consumer_background_thread",
      ".*penstock-(worker|outcomes|share).*",
      ".*definitions-worker.*",
      "SmallRye Fault Tolerance.*"),
  /** Their handlers run on the same virtual threads, and their requests on the same event loops. */
  REQUESTS_AND_ATTEMPTS(
      "ingest's requests and workers' attempts",
      "ForkJoinPool-1-.*",
      "VirtualThread-unblocker",
      ".*Poller",
      "vert\\.x-.*",
      "executor-thread-\\d+"),
  PROJECTION(
      "projection",
      "console-.*",
      ".*penstock-(console|.*-console).*",
      ".*definitions-console.*",
      "agroal-.*"),
  BROKER(
      "broker",
      "data-plane-kafka-.*",
      "kafka-\\d+-.*",
      "kafka-(scheduler|log-cleaner).*",
      "(broker|controller|quorum-controller)-\\d+-.*",
      "(group|share)-coordinator-.*",
      "transaction-log-manager.*",
      "(AddPartitionsToTxn|TxnMarker)Sender.*",
      "PersisterStateManager",
      "persister-.*",
      "executor-(Fetch|ShareFetch|Produce|persister|group-coordinator|DeleteRecords)",
      "(ExpirationReaper|client-metrics|network-partition|raft-expiration|share-group).*",
      "metrics-meter-tick-thread-.*",
      "LogDirFailureHandler"),
  COMPILER("JVM: compilers", "C[12] CompilerThread\\d+"),
  COLLECTOR(
      "JVM: garbage collector", "VM Thread", "(GC|G1|Parallel|Concurrent).*", "Reference Handler");

  private final String label;
  private final Pattern threads;

  Component(String label, String... threads) {
    this.label = label;
    this.threads = Pattern.compile(String.join("|", threads));
  }

  public String label() {
    return label;
  }

  /** Empty for threads that we do not know, or that serve nobody in particular. */
  public static Optional<Component> ofThread(String name) {
    return Arrays.stream(values())
        .filter(component -> component.threads.matcher(name).matches())
        .findFirst();
  }
}
