package io.penstock.schema.language;

import io.penstock.schema.definition.Definition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finds the reader for a definition's kind. */
final class KindReader {
  private static final Set<String> LATER = Set.of("Budget", "Traffic");
  private static final Map<String, Function<Fields, Definition>> READERS = readers();

  private KindReader() {}

  static Optional<Definition> read(Node top, Problems problems) {
    Fields fields = Fields.of(top, "a definition", problems);
    return fields
        .require("kind", "Workflow")
        .flatMap(
            node -> new Values(problems).text(node).flatMap(kind -> reader(kind, node, problems)))
        .map(reader -> reader.apply(fields));
  }

  private static Optional<Function<Fields, Definition>> reader(
      String kind, Node node, Problems problems) {
    Function<Fields, Definition> reader = READERS.get(kind);
    if (reader == null) {
      problems.add(
          node.spot(),
          LATER.contains(kind)
              ? "kind '" + kind + "' is not supported yet; leave it out"
              : "there is no kind '" + kind + "'" + Suggestion.among(READERS.keySet(), kind));
    }
    return Optional.ofNullable(reader);
  }

  private static Map<String, Function<Fields, Definition>> readers() {
    Map<String, Function<Fields, Definition>> readers = new LinkedHashMap<>();
    readers.put("Workflow", WorkflowReader::read);
    readers.put("Source", SourceReader::read);
    readers.put("Api", ApiReader::read);
    readers.put("Channel", ChannelReader::read);
    readers.put("Prompt", PromptReader::read);
    readers.put("Model", ModelReader::read);
    readers.put("Alert", AlertReader::read);
    return readers;
  }
}
