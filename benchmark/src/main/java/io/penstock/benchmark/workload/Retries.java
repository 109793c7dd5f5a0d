package io.penstock.benchmark.workload;

import io.penstock.benchmark.world.Behaviour;
import io.penstock.benchmark.world.Endpoint;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The lead in a world where one call of twenty fails the first time. What has failed comes back
 * after the delay of its Api's circuit breaker, so more leads are under way than else.
 */
final class Retries implements Workload {
  private static final double FAILING = 0.05;

  @Override
  public String name() {
    return "retries";
  }

  @Override
  public List<String> definitions() {
    return List.of("/workloads/retries.yaml");
  }

  @Override
  public Map<Endpoint, Behaviour> world() {
    return Arrays.stream(Endpoint.values())
        .collect(Collectors.toMap(Function.identity(), any -> Behaviour.failingOnce(FAILING)));
  }

  @Override
  public int window() {
    return 1_000;
  }
}
