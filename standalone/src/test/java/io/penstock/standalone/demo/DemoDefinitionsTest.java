package io.penstock.standalone.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.language.DefinitionReader;
import io.penstock.standalone.demo.DemoDefinitions.RealModel;
import io.penstock.standalone.dev.StartFailedException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** On the repository's own files. */
class DemoDefinitionsTest {
  private static final Path FOLDER = Path.of("..", "workflows", "lead-qualification");
  private static final Pattern SECRET = Pattern.compile("secret://([a-z]+/[a-z]+)");
  private static final String WORLD = "http://127.0.0.1:4711";

  @Test
  void the_outside_of_the_workflow_is_the_world() throws StartFailedException {
    Map<String, String> files = DemoDefinitions.of(FOLDER, WORLD, null);
    assertThat(files).containsKeys("workflow.yaml", "prompts.yaml", "source.yaml");
    assertThat(files.get("apis.yaml"))
        .contains(WORLD + "/crm", WORLD + "/companies", WORLD + "/contacts", WORLD + "/news");
    assertThat(files.get("models.yaml")).contains("model: scripted-model", WORLD + "/model/v1");
    assertThat(files.get("channels.yaml")).contains("allowPrivateAddresses: true");
    assertThat(files.values()).noneMatch(content -> content.contains("demo-world.invalid"));
  }

  @Test
  void every_file_can_be_applied() throws StartFailedException {
    DemoDefinitions.of(FOLDER, WORLD, null)
        .forEach(
            (name, content) ->
                assertThat(DefinitionReader.read(name, content.getBytes(UTF_8)).problems())
                    .as(name)
                    .isEmpty());
  }

  @Test
  void every_secret_that_is_named_is_made_up() throws StartFailedException {
    Set<String> named = new TreeSet<>();
    for (String content : DemoDefinitions.of(FOLDER, WORLD, null).values()) {
      SECRET.matcher(content).results().forEach(secret -> named.add(secret.group(1)));
    }
    Set<String> known = new TreeSet<>(new DemoSecrets().credentials().bySecret(WORLD).keySet());
    known.add("crm/webhook");
    assertThat(named).isEqualTo(known);
  }

  @Test
  void no_real_service_is_named_unless_a_real_model_is_asked_for() throws StartFailedException {
    assertThat(DemoDefinitions.of(FOLDER, WORLD, null).values())
        .noneMatch(content -> content.contains("https://"));
    RealModel model = new RealModel("gpt-x", "https://models.example/v1", "a key");
    assertThat(DemoDefinitions.of(FOLDER, WORLD, model).get("models.yaml"))
        .contains("model: gpt-x", "baseUrl: https://models.example/v1")
        .doesNotContain("a key");
  }
}
