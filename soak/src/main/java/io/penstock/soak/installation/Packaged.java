package io.penstock.soak.installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The services as the build leaves them: {@code <module>/target/quarkus-app}.
 *
 * @param home folder of the project
 */
public record Packaged(Path home) {
  /** Where the start script says that the project is, else where a test of a module stands. */
  public static Packaged here() {
    return new Packaged(Path.of(System.getProperty("penstock.home", "..")).toAbsolutePath());
  }

  /**
   * All jars of a service in one class path. The JVM can keep classes of such a path in an archive,
   * unlike those that Quarkus' own runner loads.
   *
   * @throws IOException naming the folder that is missing, and what to do
   */
  String classPath(String module) throws IOException {
    Path application = runner(module).getParent();
    if (!Files.exists(runner(module))) {
      throw new IOException(
          "there is no packaged service in %s: build with ./mvnw package".formatted(application));
    }
    List<String> jars = new ArrayList<>();
    jars.add(application.resolve("quarkus/transformed-bytecode.jar").toString());
    jars.add(application.resolve("quarkus/generated-bytecode.jar").toString());
    for (String folder : List.of("app", "lib/boot", "lib/main")) {
      try (Stream<Path> files = Files.list(application.resolve(folder))) {
        files.map(Path::toString).filter(name -> name.endsWith(".jar")).sorted().forEach(jars::add);
      }
    }
    return String.join(":", jars);
  }

  /** Written by every build. */
  Path runner(String module) {
    return home.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
  }
}
