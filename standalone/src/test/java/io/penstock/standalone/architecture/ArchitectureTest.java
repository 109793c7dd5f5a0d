package io.penstock.standalone.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Collections;
import java.util.Random;
import java.util.UUID;

/** Who may import whom; {@code docs/architecture.md} has the table. */
@AnalyzeClasses(packages = "io.penstock", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String CORE = "io.penstock.orchestrator.core..";

  @ArchTest
  static final ArchRule the_core_asks_for_nothing =
      classes()
          .that()
          .resideInAPackage(CORE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              CORE,
              "io.penstock.schema",
              "io.penstock.schema.message..",
              "io.penstock.schema.definition..",
              "io.penstock.schema.expression..",
              "io.penstock.schema.json..",
              "java.lang..",
              "java.util..",
              "java.time..")
          .because(
              "decisions are made again after a crash and must come out the same: pass what you"
                  + " need inside the input");

  @ArchTest
  static final ArchRule the_core_reads_no_clock_and_rolls_no_dice =
      noClasses()
          .that()
          .resideInAPackage(CORE)
          .should()
          .accessTargetWhere(aClockOrChance())
          .because("time is the input's broker time, jitter a hash of the command's id");

  @ArchTest
  static final ArchRule the_core_neither_waits_nor_works_in_parallel =
      noClasses()
          .that()
          .resideInAPackage(CORE)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.concurrent..")
          .because("one execution is decided by one thread at a time");

  @ArchTest
  static final ArchRule the_contract_knows_no_framework_and_no_service =
      noClasses()
          .that()
          .resideInAPackage("io.penstock.schema..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.quarkus..",
              "jakarta..",
              "io.smallrye..",
              "io.penstock.ingest..",
              "io.penstock.orchestrator..",
              "io.penstock.worker..",
              "io.penstock.console..",
              "io.penstock.cli..",
              "io.penstock.standalone..",
              "io.penstock.embedded..")
          .because("everybody depends on it, also the CLI, which starts without a framework");

  @ArchTest
  static final ArchRule only_one_package_of_the_contract_knows_kafka =
      noClasses()
          .that()
          .resideInAPackage("io.penstock.schema..")
          .and()
          .resideOutsideOfPackage("io.penstock.schema.kafka..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka..")
          .because("the language and the messages are useful without a broker");

  @ArchTest
  static final ArchRule only_one_package_knows_cel =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.penstock.schema.expression..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.cel..")
          .because("expressions are plain values in and out, whatever evaluates them");

  @ArchTest
  static final ArchRule the_stream_shell_serves_no_http =
      noClasses()
          .that()
          .resideInAPackage("io.penstock.orchestrator.stream..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.ws.rs..", "io.vertx..", "io.quarkus..")
          .because("the orchestrator is driven by its log only");

  @ArchTest
  static final ArchRule enrich_stands_alone = kindStandsAlone("enrich", "llm", "route", "notify");

  @ArchTest
  static final ArchRule llm_stands_alone = kindStandsAlone("llm", "enrich", "route", "notify");

  @ArchTest
  static final ArchRule route_stands_alone = kindStandsAlone("route", "enrich", "llm", "notify");

  @ArchTest
  static final ArchRule notify_stands_alone = kindStandsAlone("notify", "enrich", "llm", "route");

  @ArchTest
  static final ArchRule ingest_stands_alone =
      serviceStandsAlone("ingest", "orchestrator", "worker", "console", "cli");

  @ArchTest
  static final ArchRule orchestrator_stands_alone =
      serviceStandsAlone("orchestrator", "ingest", "worker", "console", "cli");

  @ArchTest
  static final ArchRule worker_stands_alone =
      serviceStandsAlone("worker", "ingest", "orchestrator", "console", "cli");

  @ArchTest
  static final ArchRule console_stands_alone =
      serviceStandsAlone("console", "ingest", "orchestrator", "worker", "cli");

  @ArchTest
  static final ArchRule soak_meets_services_as_processes =
      serviceStandsAlone("soak", "ingest", "orchestrator", "worker", "console", "cli");

  @ArchTest
  static final ArchRule simulator_stands_alone =
      serviceStandsAlone("simulator", "ingest", "worker", "console", "cli");

  @ArchTest
  static final ArchRule a_simulation_has_one_clock_and_one_chance =
      noClasses()
          .that()
          .resideInAPackage("io.penstock.simulator.*..")
          .should()
          .accessTargetWhere(aClockOrChance())
          .because("the same seed is the same run");

  @ArchTest
  static final ArchRule the_oracle_shares_nothing_with_the_core =
      noClasses()
          .that()
          .resideInAPackage("io.penstock.simulator.language..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.penstock.orchestrator..")
          .because("one mistake in both would be seen by nobody");

  @ArchTest
  static final ArchRule nobody_but_standalone_imports_the_simulator =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.penstock.simulator..", "io.penstock.standalone..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.penstock.simulator..")
          .because("the product knows nothing of who tests it");

  @ArchTest
  static final ArchRule the_form_of_the_log_knows_no_service =
      noClasses()
          .that()
          .resideInAPackage("io.penstock.log..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              packages(
                  "io.penstock.", new String[] {"ingest", "orchestrator", "worker", "console"}))
          .because("every service has it on its class path");

  @ArchTest
  static final ArchRule the_cli_speaks_http_only =
      noClasses()
          .that()
          .resideInAPackage("io.penstock.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "java.sql..", "io.quarkus..")
          .because("it must work from any laptop that reaches the front door");

  @ArchTest
  static final ArchRule nobody_imports_standalone =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.penstock.standalone..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.penstock.standalone..")
          .because("it puts the services together and is not part of any");

  @ArchTest
  static final ArchRule only_standalone_starts_servers =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.penstock.standalone..", "io.penstock.soak..", "io.penstock.embedded..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.penstock.embedded..")
          .because("a service is given the addresses of its broker and database");

  private static ArchRule kindStandsAlone(String kind, String... others) {
    return noClasses()
        .that()
        .resideInAPackage("io.penstock.worker." + kind + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages("io.penstock.worker.", others, "org.apache.kafka.."))
        .because(
            "a deployment chooses its kinds; what two of them need belongs in worker.call or"
                + " worker.runtime");
  }

  private static ArchRule serviceStandsAlone(String service, String... others) {
    return noClasses()
        .that()
        .resideInAPackage("io.penstock." + service + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages("io.penstock.", others))
        .because("services meet only in shared-schema");
  }

  private static String[] packages(String prefix, String[] names, String... more) {
    String[] all = new String[names.length + more.length];
    for (int i = 0; i < names.length; i++) {
      all[i] = prefix + names[i] + "..";
    }
    System.arraycopy(more, 0, all, names.length, more.length);
    return all;
  }

  private static DescribedPredicate<JavaAccess<?>> aClockOrChance() {
    return DescribedPredicate.describe(
        "reads a clock or rolls dice",
        access -> {
          JavaClass owner = access.getTargetOwner();
          String name = access.getTarget().getName();
          return (owner.getPackageName().equals("java.time") && name.equals("now"))
              || (owner.isEquivalentTo(System.class) && !name.equals("arraycopy"))
              || (owner.isEquivalentTo(UUID.class) && name.equals("randomUUID"))
              || (owner.isEquivalentTo(Math.class) && name.equals("random"))
              || (owner.isEquivalentTo(Collections.class) && name.equals("shuffle"))
              || owner.isAssignableTo(Clock.class)
              || owner.isAssignableTo(Random.class);
        });
  }
}
