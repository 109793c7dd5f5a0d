package io.penstock.embedded;

import java.util.Map;

/** What a PostgreSQL server for one laptop needs to differ from PostgreSQL's defaults. */
final class DatabaseSettings {

  private DatabaseSettings() {}

  static Map<String, String> all() {
    return Map.ofEntries(
        Map.entry("listen_addresses", Loopback.HOST),
        // No socket file: it would lie in /tmp, where two servers on one port number collide.
        Map.entry("unix_socket_directories", "''"),
        // The library starts the server with -F; this stands behind it and wins.
        Map.entry("fsync", "on"),
        // A commit need not reach the disk before it is answered ONLY because everything in here is
        // a projection that is rebuilt from Kafka. Nothing else may move in.
        Map.entry("synchronous_commit", "off"),
        Map.entry("max_connections", "50"),
        Map.entry("shared_buffers", "32MB"),
        Map.entry("max_wal_size", "256MB"),
        // Nobody replicates from here.
        Map.entry("wal_level", "minimal"),
        Map.entry("max_wal_senders", "0"),
        // Compiling a query costs more than any of ours takes.
        Map.entry("jit", "off"),
        Map.entry("max_parallel_workers_per_gather", "0"));
  }
}
