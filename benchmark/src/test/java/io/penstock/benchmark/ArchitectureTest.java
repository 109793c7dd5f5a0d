package io.penstock.benchmark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.penstock.benchmark",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule services_are_measured_from_outside =
      noClasses()
          .that()
          .resideInAPackage("io.penstock.benchmark..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.penstock.orchestrator.stream..",
              "io.penstock.orchestrator.start..",
              "io.penstock.ingest..",
              "io.penstock.worker..",
              "io.penstock.console..",
              "io.penstock.cli..",
              "io.penstock.standalone..")
          .because("what a user cannot see is no figure; use HTTP and the topics");

  @ArchTest
  static final ArchRule only_jmh_looks_into_the_core =
      noClasses()
          .that()
          .resideInAPackage("io.penstock.benchmark..")
          .and()
          .resideOutsideOfPackage("io.penstock.benchmark.micro..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.penstock.orchestrator..")
          .because("everything else measures from outside");
}
