package io.penstock.soak.installation;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What each service is told by its environment. */
final class ServiceSettings {
  private ServiceSettings() {}

  static Map<String, String> of(Member member, Addresses addresses, Path data) {
    Map<String, String> settings = new HashMap<>();
    settings.put("KAFKA_BOOTSTRAP_SERVERS", addresses.bootstrapServers());
    settings.put("QUARKUS_HTTP_PORT", Integer.toString(addresses.port(member)));
    settings.put("PENSTOCK_KAFKA_PARTITIONS", Integer.toString(Installation.PARTITIONS));
    settings.putAll(
        switch (member.role()) {
          case INGEST -> Map.of("PENSTOCK_SECRET_CRM_WEBHOOK", Installation.WEBHOOK_SECRET);
          case ORCHESTRATOR -> quickTakeOver(data.resolve(member.title()));
          case WORKER -> worker(member, addresses);
          case CONSOLE ->
              Map.of(
                  "QUARKUS_DATASOURCE_JDBC_URL", addresses.jdbcUrl(),
                  "QUARKUS_DATASOURCE_USERNAME", "postgres",
                  "PENSTOCK_CONSOLE_INSTANCE", member.title(),
                  "PENSTOCK_CONSOLE_INGEST_URL", addresses.url(Member.INGEST));
          case BROKER, DATABASE -> Map.<String, String>of();
        });
    return settings;
  }

  /** docs/operations.md says what each of these does for a take-over. */
  private static Map<String, String> quickTakeOver(Path state) {
    return Map.of(
        "PENSTOCK_ORCHESTRATOR_STATE_DIR", state.toString(),
        "PENSTOCK_ORCHESTRATOR_STANDBY_REPLICAS", "1",
        "PENSTOCK_ORCHESTRATOR_SESSION_TIMEOUT", "1500ms",
        "PENSTOCK_ORCHESTRATOR_TRANSACTION_TIMEOUT", "1500ms",
        // A transaction may not end before what is waited for inside it.
        "PENSTOCK_ORCHESTRATOR_DEFINITION_WAIT", "500ms");
  }

  /** By its secret the world tells who calls. */
  private static Map<String, String> worker(Member member, Addresses addresses) {
    return Map.of(
        "PENSTOCK_SECRET_WORLD_TOKEN",
        member.title(),
        "PENSTOCK_WORKER_LIMITS_STORE",
        "postgresql",
        "QUARKUS_DATASOURCE_JDBC_URL",
        addresses.jdbcUrl(),
        "QUARKUS_DATASOURCE_USERNAME",
        "postgres");
  }
}
