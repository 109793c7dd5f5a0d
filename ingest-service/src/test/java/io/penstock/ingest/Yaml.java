package io.penstock.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.schema.definition.Definition;
import io.penstock.schema.language.DefinitionReader;
import io.penstock.schema.language.Reading;

/** Definitions as people write them. */
public final class Yaml {
  private Yaml() {}

  public static <D extends Definition> D definition(Class<D> kind, String yaml) {
    Reading reading = DefinitionReader.read("test.yaml", yaml.getBytes(UTF_8));
    if (!reading.isValid()) {
      throw new AssertionError(reading.problems().toString());
    }
    return kind.cast(reading.definitions().getFirst().definition());
  }
}
