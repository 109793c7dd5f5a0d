package io.penstock.standalone.dev;

import io.penstock.embedded.EmbeddedDatabase;

/** Tells the services where broker and database are: by system properties, which win over files. */
final class ServiceConfiguration {
  private static final String INSTANCE = "dev";

  private ServiceConfiguration() {}

  static void apply(ServerSettings settings, StartedBroker broker, EmbeddedDatabase database) {
    System.setProperty("quarkus.http.host", LoopbackPort.HOST);
    System.setProperty("quarkus.http.port", Integer.toString(settings.port()));
    System.setProperty("penstock.kafka.partitions", Integer.toString(broker.partitions()));
    System.setProperty("penstock.kafka.replication", Short.toString(Topics.REPLICATION));
    System.setProperty("kafka.bootstrap.servers", broker.kafka().bootstrapServers());
    System.setProperty("quarkus.datasource.jdbc.url", database.jdbcUrl());
    System.setProperty("quarkus.datasource.username", database.username());
    System.setProperty("penstock.console.ingest-url", settings.url());
    System.setProperty("penstock.orchestrator.state-dir", settings.streamsDirectory().toString());
    // Nobody else uses this folder and its broker: after a kill nobody has to be waited for.
    System.setProperty("penstock.orchestrator.instance", INSTANCE);
    System.setProperty("penstock.console.instance", INSTANCE);
    System.setProperty("quarkus.log.file.path", settings.logFile().toString());
    System.setProperty("quarkus.log.console.enabled", Boolean.toString(settings.verbose()));
  }
}
