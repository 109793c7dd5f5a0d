package io.penstock.cli.output;

import io.penstock.cli.terminal.Printable;
import io.penstock.schema.json.Json;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/**
 * The JSON of an answer as YAML, such that readers of YAML 1.1 and of 1.2 see the same: a text that
 * either of them may take for something else stands in quotes.
 */
final class Yaml {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_./~-]*");
  private static final Set<String> NO_TEXT =
      Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

  private Yaml() {}

  /** One document, without {@code ---}, with a line end behind it. */
  static String document(Object value) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setDereferenceAliases(true)
            .setSplitLines(false)
            .build();
    return Printable.yaml(
        new Dump(settings, new Quoting(settings)).dumpToString(Json.of(value).value()));
  }

  private static final class Quoting extends StandardRepresenter {
    Quoting(DumpSettings settings) {
      super(settings);
      representers.put(
          String.class,
          text ->
              representScalar(
                  Tag.STR,
                  text.toString(),
                  isPlain(text.toString()) ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED));
    }

    private static boolean isPlain(String text) {
      return PLAIN.matcher(text).matches()
          && !NO_TEXT.contains(text.toLowerCase(java.util.Locale.ROOT));
    }
  }
}
