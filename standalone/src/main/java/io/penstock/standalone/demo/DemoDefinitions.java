package io.penstock.standalone.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.standalone.dev.DefinitionFolder;
import io.penstock.standalone.dev.StartFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The definitions of {@code workflows/lead-qualification}, with our own in place of the files of
 * the same name: there the outside is the simulated world. They lie in this module, since a folder
 * of definitions is applied with all that lies below it.
 */
final class DemoDefinitions {
  private static final String PLACEHOLDER = "http://demo-world.invalid";
  private static final String MODELS = "models.yaml";
  private static final List<String> STAND_INS = List.of("apis.yaml", "channels.yaml", MODELS);

  private DemoDefinitions() {}

  /** A model to ask instead of the scripted one. */
  record RealModel(String name, String baseUrl, String key) {}

  /**
   * @param folder of the workflow
   * @param realModel null: the scripted one
   * @return content by path
   */
  static Map<String, String> of(Path folder, String worldUrl, RealModel realModel)
      throws StartFailedException {
    Map<String, String> byName = byName(DefinitionFolder.read(folder));
    for (String name : STAND_INS) {
      byName.put(name, standIn(name).replace(PLACEHOLDER, worldUrl));
    }
    if (realModel != null) {
      byName.put(MODELS, definition(realModel));
    }
    return byName;
  }

  private static Map<String, String> byName(Map<String, String> byPath) {
    Map<String, String> byName = new TreeMap<>();
    byPath.forEach((path, content) -> byName.put(Path.of(path).getFileName().toString(), content));
    return byName;
  }

  private static String standIn(String name) {
    try (InputStream file = DemoDefinitions.class.getResourceAsStream("/demo/" + name)) {
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without prices: what it costs is between its owner and whoever has the key. */
  private static String definition(RealModel model) {
    return """
        kind: Model
        name: default
        model: %s
        baseUrl: %s
        apiKey: secret://openai/key
        timeout: 2m
        allowPrivateAddresses: true
        """
        .formatted(model.name(), model.baseUrl());
  }
}
