package io.penstock.soak.installation;

import java.util.Locale;

/** A process of the installation. */
public enum Member {
  BROKER(Role.BROKER),
  DATABASE(Role.DATABASE),
  INGEST(Role.INGEST),
  ORCHESTRATOR_1(Role.ORCHESTRATOR),
  ORCHESTRATOR_2(Role.ORCHESTRATOR),
  WORKER_1(Role.WORKER),
  WORKER_2(Role.WORKER),
  CONSOLE(Role.CONSOLE);

  /** What members have in common that do the same. */
  public enum Role {
    BROKER,
    DATABASE,
    INGEST,
    ORCHESTRATOR,
    WORKER,
    CONSOLE
  }

  private final Role role;

  Member(Role role) {
    this.role = role;
  }

  public Role role() {
    return role;
  }

  /** For people, files and addresses: {@code worker-1}. */
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** As services of the system they are packaged; of the servers there is no module. */
  String module() {
    return switch (role) {
      case INGEST -> "ingest-service";
      case ORCHESTRATOR -> "orchestrator";
      case WORKER -> "step-workers";
      case CONSOLE -> "console";
      case BROKER, DATABASE -> throw new IllegalStateException(this + " is no service");
    };
  }
}
