package io.penstock.schema.language;

import io.penstock.schema.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Definitions that this repository itself holds. */
final class Documents {
  static final Path LANGUAGE = Path.of("../docs/workflow-language.md");
  static final Path TEMPLATES = Path.of("../workflows");

  private static final Pattern BLOCK = Pattern.compile("(?m)^```yaml\\n(.*?)^```$", Pattern.DOTALL);

  private Documents() {}

  /** Every yaml block of the language's document. */
  static List<String> examples() throws IOException {
    List<String> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(Files.readString(LANGUAGE));
    while (matcher.find()) {
      blocks.add(matcher.group(1));
    }
    return blocks;
  }

  /** Every file of every template. */
  static List<String> templates() throws IOException {
    List<String> texts = new ArrayList<>();
    try (Stream<Path> files = Files.walk(TEMPLATES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        texts.add(Files.readString(file));
      }
    }
    return texts;
  }

  /** The plain documents of a YAML text, valid definitions or not. */
  static List<Json> plain(String yaml) throws UnreadableException {
    YamlTree tree = new YamlTree(yaml);
    List<Json> documents = new ArrayList<>();
    for (Optional<Node> next = tree.next(); next.isPresent(); next = tree.next()) {
      documents.add(Json.of(next.get().plain()));
    }
    return documents;
  }
}
