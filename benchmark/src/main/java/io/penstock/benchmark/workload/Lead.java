package io.penstock.benchmark.workload;

import java.util.List;

/** The four steps that other systems are compared with. */
final class Lead implements Workload {
  static final String FILE = "/lead.yaml";

  @Override
  public String name() {
    return "lead";
  }

  @Override
  public List<String> definitions() {
    return List.of(FILE);
  }
}
