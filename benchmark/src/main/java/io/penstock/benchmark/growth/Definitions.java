package io.penstock.benchmark.growth;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Workflows that nothing starts. */
final class Definitions implements Growing {
  private static final int A_REQUEST = 500;

  private static final String WORKFLOW =
      """
      kind: Workflow
      name: idle-%d
      version: 1.0.0
      on:
        - source: lead
          type: idle.%1$d
      steps:
        - id: company
          enrich:
            api: stub
            request: {method: GET, path: /enrich, query: {id: "{{ input.id }}"}}
        - id: tell
          notify:
            api: stub
            request: {method: POST, path: /notify, body: {id: "{{ input.id }}", employees: "{{ steps.company.output.employees }}"}}
      """;

  private final FrontDoor door;
  private final Consumer<String> progress;
  private long defined;

  Definitions(FrontDoor door, Consumer<String> progress) {
    this.door = door;
    this.progress = progress;
  }

  @Override
  public String name() {
    return "definitions";
  }

  @Override
  public String unit() {
    return "workflows";
  }

  @Override
  public void growTo(long level) throws IOException, InterruptedException {
    while (defined < level) {
      long until = Math.min(level, defined + A_REQUEST);
      String workflows =
          LongStream.range(defined, until)
              .mapToObj(WORKFLOW::formatted)
              .collect(Collectors.joining("---\n"));
      door.post("/definitions?wait=60s", "application/yaml", workflows);
      defined = until;
      progress.accept("%d defined".formatted(defined));
    }
  }
}
