package io.penstock.soak.installation;

import io.penstock.soak.installation.Installation.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How each member is started. */
final class Servers {
  /** What Quarkus makes of a service that has no main class of its own. */
  private static final String SERVICE = "io.quarkus.runner.GeneratedMain";

  private static final String LOG_MANAGER =
      "-Djava.util.logging.manager=org.jboss.logmanager.LogManager";

  private Servers() {}

  static Server of(Member member, Plan plan, Addresses addresses, Guard guard) throws IOException {
    return switch (member.role()) {
      case BROKER -> broker(plan, addresses, guard);
      case DATABASE ->
          new DatabaseServer(
              plan.data().resolve(member.title()), plan.binaries(), addresses.port(member), guard);
      case INGEST, ORCHESTRATOR, WORKER, CONSOLE -> service(member, plan, addresses, guard);
    };
  }

  private static Server broker(Plan plan, Addresses addresses, Guard guard) {
    List<String> options =
        new ArrayList<>(List.of("-Xmx512m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"));
    options.addAll(plan.archives().options(Member.BROKER));
    Path folder = plan.data().resolve(Member.BROKER.title());
    int port = addresses.port(Member.BROKER);
    return new JvmServer(
        new JvmServer.Launch(
            options,
            System.getProperty("java.class.path"),
            BrokerProcess.class.getName(),
            List.of(folder.toString(), Integer.toString(port)),
            Map.of(),
            Installation.log(plan.data(), Member.BROKER)),
        () -> Probe.listens(port),
        guard);
  }

  private static Server service(Member member, Plan plan, Addresses addresses, Guard guard)
      throws IOException {
    int port = addresses.port(member);
    List<String> options = new ArrayList<>(List.of("-Xmx192m", LOG_MANAGER));
    options.add("-Dquarkus.log.category.\"org.apache.kafka\".level=WARN");
    options.add("-Dquarkus.log.category.\"org.apache.kafka.clients.NetworkClient\".level=ERROR");
    options.addAll(plan.archives().options(member));
    // It would say for each of our questions what it has said to the one before.
    options.add("-Dquarkus.log.category.\"io.smallrye.health\".level=WARN");
    return new JvmServer(
        new JvmServer.Launch(
            options,
            plan.packaged().classPath(member.module()),
            SERVICE,
            List.of(),
            ServiceSettings.of(member, addresses, plan.data()),
            Installation.log(plan.data(), member)),
        () -> Probe.isHealthy(port),
        guard);
  }
}
