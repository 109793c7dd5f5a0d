package io.penstock.ingest.definition;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.ingest.problem.Reason;
import io.penstock.ingest.problem.RejectedException;
import io.penstock.ingest.request.ContentType;
import io.penstock.ingest.request.IncomingRequest;
import io.penstock.ingest.request.StrictJson;
import io.penstock.schema.language.DefinitionReader;
import io.penstock.schema.language.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The files in a request to apply definitions: the body itself, named by {@code ?file=}, or a JSON
 * envelope that carries a whole directory, to be applied as one:
 *
 * <pre>{@code
 * {"files":[{"name":"sources/crm.yaml","content":"kind: Source\n…"}]}
 * }</pre>
 */
final class DefinitionFiles {
  private static final Set<String> YAML =
      Set.of("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml");
  private static final String FILES = "files";

  private DefinitionFiles() {}

  /**
   * @return one reading for each file
   * @throws RejectedException {@code content-type} for what is neither YAML nor JSON (also so that
   *     a web page cannot send a form here), {@code malformed} for an envelope that is none
   */
  static List<Reading> read(IncomingRequest request) throws RejectedException {
    Optional<ContentType> type = ContentType.of(request.headers().get("content-type"));
    boolean json = type.isPresent() && type.get().isJson();
    if (!json && (type.isEmpty() || !YAML.contains(type.get().essence()))) {
      throw new RejectedException(
          Reason.CONTENT_TYPE, "definitions are read as application/yaml or application/json");
    }
    if (json
        && StrictJson.parse(request.body()).value() instanceof Map<?, ?> members
        && members.get(FILES) instanceof List<?> files) {
      return unpacked(files);
    }
    String name = request.query().getOrDefault("file", "request");
    return List.of(DefinitionReader.read(name, request.body()));
  }

  private static List<Reading> unpacked(List<?> files) throws RejectedException {
    List<Reading> unpacked = new ArrayList<>();
    for (Object file : files) {
      if (!(file instanceof Map<?, ?> members)
          || !(members.get("name") instanceof String name)
          || !(members.get("content") instanceof String content)) {
        throw new RejectedException(
            Reason.MALFORMED, "each of 'files' needs two texts: 'name' and 'content'");
      }
      unpacked.add(DefinitionReader.read(name, content.getBytes(UTF_8)));
    }
    return unpacked;
  }
}
