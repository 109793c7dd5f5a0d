package io.penstock.benchmark.workload;

import io.penstock.benchmark.load.CallsPerLead;
import java.util.List;
import java.util.stream.IntStream;

/** A hundred items, and a notification for each. */
final class Foreach implements Workload {
  private static final int ITEMS = 100;

  @Override
  public String name() {
    return "foreach";
  }

  @Override
  public List<String> definitions() {
    return List.of("/workloads/foreach.yaml");
  }

  @Override
  public String body() {
    return "{\"id\":\"{id}\",\"items\":%s}".formatted(IntStream.range(0, ITEMS).boxed().toList());
  }

  @Override
  public CallsPerLead calls() {
    return new CallsPerLead(1, 0, ITEMS);
  }

  @Override
  public int window() {
    return 8;
  }
}
