package io.penstock.standalone.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Assumptions;

/** What {@code kubectl kustomize} makes of a folder below {@code deploy/k8s}. */
final class Rendering {
  private static final List<List<String>> TOOLS =
      List.of(List.of("kubectl", "kustomize"), List.of("kustomize", "build"));
  private static final Map<String, String> RENDERED = new ConcurrentHashMap<>();

  private Rendering() {}

  /**
   * The YAML, rendered once a test run. Where no tool is installed the test that asks is skipped
   * and says so.
   */
  static String of(String folder) {
    return RENDERED.computeIfAbsent(folder, Rendering::render);
  }

  private static String render(String folder) {
    List<String> command =
        new ArrayList<>(
            installed()
                .orElseGet(
                    () ->
                        Assumptions.abort(
                            "NOT CHECKED: neither kubectl nor kustomize is installed, so "
                                + folder
                                + " was not rendered; only the raw files are checked here")));
    command.add(DeployFolder.KUBERNETES.resolve(folder).toString());
    try {
      Path errors = Files.createTempFile("kustomize", ".txt");
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      int status = process.waitFor();
      String said = Files.readString(errors);
      Files.delete(errors);
      // A warning is about something that the next version of the tool refuses.
      if (status != 0 || !said.isBlank()) {
        throw new AssertionError("%s: status %d, %s".formatted(command, status, said));
      }
      return output;
    } catch (IOException e) {
      throw new AssertionError("cannot run " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while running " + command, e);
    }
  }

  private static Optional<List<String>> installed() {
    List<String> path = Arrays.asList(System.getenv("PATH").split(File.pathSeparator, -1));
    return TOOLS.stream()
        .filter(
            tool ->
                path.stream()
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool.getFirst()))))
        .findFirst();
  }
}
