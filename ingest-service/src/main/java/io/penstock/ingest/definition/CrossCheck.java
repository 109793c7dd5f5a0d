package io.penstock.ingest.definition;

import static java.util.stream.Collectors.toSet;

import io.penstock.schema.definition.Definition;
import io.penstock.schema.definition.DefinitionKey;
import io.penstock.schema.language.DefinitionReader;
import io.penstock.schema.language.DefinitionSet;
import io.penstock.schema.language.Located;
import io.penstock.schema.language.Problem;
import io.penstock.schema.language.Reading;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether new definitions fit together with each other and with what stands on the server. Pure.
 *
 * <p>Only what the new ones bring about counts: a problem that is there already (found by a check
 * that a newer release added, say) must not stop the definition that repairs it.
 */
final class CrossCheck {
  private CrossCheck() {}

  /**
   * @return also problems of definitions on the server that the new ones break
   */
  static List<Problem> problems(
      List<Located<Definition>> wanted, Collection<Located<Definition>> present) {
    List<Problem> found = together(wanted, present);
    if (found.stream().noneMatch(problem -> problem.file().isEmpty())) {
      return found;
    }
    // A definition that was read from the topic does not say which it is.
    List<Located<Definition>> named = present.stream().map(CrossCheck::named).toList();
    Set<Place> before = DefinitionSet.of(named).problems().stream().map(Place::of).collect(toSet());
    return together(wanted, named).stream()
        .filter(problem -> !before.contains(Place.of(problem)))
        .toList();
  }

  /** Not the message: it may suggest a name that has just come. */
  private record Place(String file, String path) {
    static Place of(Problem problem) {
      return new Place(problem.file(), problem.path());
    }
  }

  private static List<Problem> together(
      List<Located<Definition>> wanted, Collection<Located<Definition>> present) {
    Set<DefinitionKey> replaced =
        wanted.stream().map(located -> located.definition().key()).collect(toSet());
    List<Located<Definition>> together = new ArrayList<>(wanted);
    present.stream()
        .filter(located -> !replaced.contains(located.definition().key()))
        .forEach(together::add);
    return DefinitionSet.of(together).problems();
  }

  /** With its name where a file's name would stand. */
  private static Located<Definition> named(Located<Definition> present) {
    String name = present.definition().key() + " (on the server)";
    Reading again = DefinitionReader.read(name, present.json().utf8());
    return Optional.of(again.definitions())
        .filter(definitions -> definitions.size() == 1)
        .map(List::getFirst)
        .orElse(present);
  }
}
