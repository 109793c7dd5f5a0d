package io.penstock.schema.language;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.penstock.schema.definition.Definition;
import io.penstock.schema.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns what people write (YAML, one or several documents per file; JSON is YAML too) and what
 * travels (JSON) into definitions. Everything that one definition alone can tell is checked here,
 * what needs the others in {@link DefinitionSet}.
 */
public final class DefinitionReader {
  /** The form on the wire; a record must fit into a broker's message. */
  static final int MAX_DEFINITION_BYTES = 256 * 1024;

  private DefinitionReader() {}

  /**
   * Reads a file. Never throws: what is wrong is among the problems.
   *
   * @param file its name, for problems
   */
  public static Reading read(String file, byte[] bytes) {
    Problems problems = new Problems(file);
    List<Located<Definition>> definitions = new ArrayList<>();
    try {
      YamlTree tree = new YamlTree(YamlText.decode(bytes));
      boolean any = false;
      for (Optional<Node> next = tree.next(); next.isPresent(); next = tree.next()) {
        if (!isEmpty(next.get())) {
          any = true;
          read(file, next.get(), problems).ifPresent(definitions::add);
        }
      }
      if (!any) {
        problems.add(new Spot("", 1, 1), "there is no definition in this file; write kind: …");
      }
    } catch (UnreadableException e) {
      problems.add(e.spot(), e.getMessage());
    }
    return new Reading(definitions, problems.all());
  }

  /**
   * Reads one definition in its form on the wire.
   *
   * @throws InvalidDefinitionException with all problems; their places are JSON pointers
   */
  public static Located<Definition> readJson(byte[] utf8) throws InvalidDefinitionException {
    Problems problems = new Problems("");
    if (utf8.length > MAX_DEFINITION_BYTES) {
      problems.add(Spot.TOP_OF_WIRE, tooLarge(utf8.length));
      throw new InvalidDefinitionException(problems.all());
    }
    Optional<Located<Definition>> read = Optional.empty();
    try {
      read = read("", PlainTree.of(Json.parse(utf8).value()), problems);
    } catch (JsonProcessingException e) {
      problems.add(Spot.TOP_OF_WIRE, "no JSON: " + e.getOriginalMessage());
    }
    return read.orElseThrow(() -> new InvalidDefinitionException(problems.all()));
  }

  /** As {@link #readJson}, for those who only want the definition. */
  public static Definition fromJson(byte[] utf8) throws InvalidDefinitionException {
    return readJson(utf8).definition();
  }

  private static Optional<Located<Definition>> read(String file, Node top, Problems problems) {
    int before = problems.count();
    Optional<Definition> definition = KindReader.read(top, problems);
    if (problems.count() > before || definition.isEmpty()) {
      return Optional.empty();
    }
    Json json = Json.of(top.plain());
    if (json.sizeBytes() > MAX_DEFINITION_BYTES) {
      problems.add(top.spot(), tooLarge(json.sizeBytes()));
      return Optional.empty();
    }
    return Optional.of(new Located<>(definition.get(), json, new Places(file, top)));
  }

  private static String tooLarge(int bytes) {
    return "the definition has %d bytes, more than %d; move parts into definitions of their own"
        .formatted(bytes, MAX_DEFINITION_BYTES);
  }

  private static boolean isEmpty(Node node) {
    return node instanceof Node.Scalar scalar && scalar.value() == null;
  }
}
