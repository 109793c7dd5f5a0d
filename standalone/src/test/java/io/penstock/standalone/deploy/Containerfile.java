package io.penstock.standalone.deploy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The lines of a service's {@code Containerfile}. */
record Containerfile(String service, List<String> lines) {
  /** In all images, and so in all pods. */
  static final String USER = "10001:10001";

  static final List<String> SERVICES =
      List.of("ingest-service", "orchestrator", "step-workers", "console");

  static Containerfile of(String service) {
    String text = DeployFolder.text(path(service));
    return new Containerfile(service, text.lines().filter(line -> !line.startsWith("#")).toList());
  }

  static Path path(String service) {
    return DeployFolder.ROOT.resolve(service).resolve("Containerfile");
  }

  /** What stands behind an instruction, each time it is there. */
  List<String> all(String instruction) {
    return lines.stream()
        .filter(line -> line.startsWith(instruction + " "))
        .map(line -> line.substring(instruction.length() + 1).strip())
        .toList();
  }

  /** Of each {@code COPY}, what it takes from the build. */
  List<Path> copied() {
    return all("COPY").stream()
        .map(words -> Arrays.asList(words.split(" ", -1)).getFirst())
        .map(DeployFolder.ROOT::resolve)
        .toList();
  }
}
