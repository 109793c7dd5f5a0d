package io.penstock.cli.definition;

import io.penstock.schema.definition.Definition;
import io.penstock.schema.language.DefinitionReader;
import io.penstock.schema.language.DefinitionSet;
import io.penstock.schema.language.Located;
import io.penstock.schema.language.Problem;
import io.penstock.schema.language.Reading;
import java.util.ArrayList;
import java.util.List;

/**
 * What a check of files found.
 *
 * @param definitions how many are right by themselves
 * @param problems first those of single definitions; only without such: what does not fit together
 */
record Validation(int files, int definitions, List<Problem> problems) {

  static Validation of(List<DefinitionFile> files) {
    List<Located<Definition>> definitions = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (DefinitionFile file : files) {
      Reading reading = DefinitionReader.read(file.name(), file.bytes());
      definitions.addAll(reading.definitions());
      problems.addAll(reading.problems());
    }
    if (problems.isEmpty()) {
      // Not before: a definition that cannot be read would be reported as missing as well.
      problems.addAll(DefinitionSet.of(definitions).problems());
    }
    return new Validation(files.size(), definitions.size(), List.copyOf(problems));
  }
}
