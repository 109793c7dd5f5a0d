package io.penstock.benchmark.workload;

import io.penstock.benchmark.world.Behaviour;
import io.penstock.benchmark.world.Endpoint;
import java.util.List;
import java.util.Map;

/** The lead, with a model that thinks for a second: many are under way, and wait. */
final class SlowModel implements Workload {
  private static final double THINKS_MS = 1_000;

  @Override
  public String name() {
    return "slow-model";
  }

  @Override
  public List<String> definitions() {
    return List.of(Lead.FILE);
  }

  @Override
  public Map<Endpoint, Behaviour> world() {
    return Map.of(Endpoint.CHAT, Behaviour.slow(THINKS_MS));
  }

  @Override
  public int window() {
    return 256;
  }
}
