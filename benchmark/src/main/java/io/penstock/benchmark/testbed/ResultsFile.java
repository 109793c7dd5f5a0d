package io.penstock.benchmark.testbed;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A line of JSON for each phase, appended: results of different days stay side by side. */
public final class ResultsFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Optional<String> label;

  public ResultsFile(Path file, Optional<String> label) {
    this.file = file;
    this.label = label;
  }

  public void append(String phase, Map<String, Object> figures) throws IOException {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    line.put("phase", phase);
    label.ifPresent(text -> line.put("label", text));
    line.put("cores", Runtime.getRuntime().availableProcessors());
    line.putAll(figures);
    if (file.getParent() != null) {
      Files.createDirectories(file.getParent());
    }
    Files.writeString(
        file,
        JSON.writeValueAsString(line) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
