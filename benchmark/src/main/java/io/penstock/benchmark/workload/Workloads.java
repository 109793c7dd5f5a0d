package io.penstock.benchmark.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** All workloads, by their names. */
public final class Workloads {
  public static final Workload LEAD = new Lead();

  private static final List<Workload> ALL =
      List.of(
          LEAD,
          new FanOut(),
          new Foreach(),
          new SlowModel(),
          new Payload(1),
          new Payload(16),
          new Payload(128),
          new Retries());

  private Workloads() {}

  public static List<Workload> all() {
    return ALL;
  }

  private static List<String> names() {
    return ALL.stream().map(Workload::name).toList();
  }

  /** For an option's help. */
  public static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    public Names() {
      super(names());
    }
  }

  /** For an option's value. */
  public static final class ByName implements ITypeConverter<Workload> {
    @Override
    public Workload convert(String name) {
      return ALL.stream()
          .filter(workload -> workload.name().equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "there is no workload '%s'; there are %s"
                          .formatted(name, names().stream().collect(Collectors.joining(", ")))));
    }
  }
}
