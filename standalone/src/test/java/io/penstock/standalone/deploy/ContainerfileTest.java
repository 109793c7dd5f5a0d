package io.penstock.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What can be said of an image without a container engine. */
class ContainerfileTest {
  static final List<String> SERVICES = Containerfile.SERVICES;

  /**
   * The parts of a service as the build leaves them; an image without one of them does not start.
   */
  private static final List<String> PARTS = List.of("lib", "quarkus-run.jar", "quarkus", "app");

  @ParameterizedTest
  @FieldSource("SERVICES")
  void the_image_takes_all_parts_of_its_service_and_each_is_built(String service) {
    Path built = DeployFolder.ROOT.resolve(service).resolve("target/quarkus-app");
    List<Path> copied = Containerfile.of(service).copied();

    assertThat(copied).containsExactlyElementsOf(PARTS.stream().map(built::resolve).toList());
    assumeTrue(Files.exists(built), "NOT CHECKED: not packaged yet, ./mvnw package: " + built);
    assertThat(copied).allSatisfy(part -> assertThat(part).exists());
    try (Stream<Path> inside = Files.list(built)) {
      assertThat(inside.map(path -> path.getFileName().toString()))
          .as("nothing else belongs to a service")
          .isSubsetOf("lib", "quarkus-run.jar", "quarkus", "app", "quarkus-app-dependencies.txt");
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @FieldSource("SERVICES")
  void the_image_starts_its_service_as_nobody_special(String service) throws Exception {
    Containerfile file = Containerfile.of(service);

    assertThat(file.all("USER")).containsExactly(Containerfile.USER);
    assertThat(file.all("WORKDIR")).containsExactly("/deployments");
    assertThat(file.all("EXPOSE")).containsExactly("8080");
    assertThat(file.all("ARG")).containsExactly("JRE=eclipse-temurin:25-jre");
    assertThat(file.all("FROM")).containsExactly("${JRE}");
    assertThat(file.all("ENV")).as("settings and secrets come from outside").isEmpty();
    assertThat(file.all("ENTRYPOINT")).hasSize(1);
    // A shell in between would keep the signal to stop for itself.
    String[] command =
        new ObjectMapper().readValue(file.all("ENTRYPOINT").getFirst(), String[].class);
    assertThat(command)
        .startsWith("java")
        .contains("-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError")
        .endsWith("-jar", "/deployments/quarkus-run.jar");
  }
}
