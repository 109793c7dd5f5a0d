package io.penstock.standalone.demo.world;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScriptedModelTest {
  private static final String QUESTION =
      """
      Contact:
      {"email":"ada@nordwerk.example","message":"We have budget {now} for \\"this\\" quarter."}

      Company:
      {"name":"Nordwerk","employees":1200,"industry":"manufacturing"}
      """;

  private final ObjectMapper json = new ObjectMapper();
  private final ScriptedModel model = new ScriptedModel();

  private JsonNode ask(String question, String schema) throws IOException {
    ObjectNode body = json.createObjectNode();
    body.putArray("messages").addObject().put("role", "user").put("content", question);
    if (schema != null) {
      ObjectNode format = body.putObject("response_format").put("type", "json_schema");
      format.putObject("json_schema").set("schema", json.readTree(schema));
    }
    return model
        .answer(
            new Request("POST", "/v1/chat/completions", Map.of(), body, name -> Optional.empty()))
        .body();
  }

  private static String content(JsonNode completion) {
    return completion.path("choices").path(0).path("message").path("content").asText();
  }

  @Test
  void the_profile_in_the_prompt_decides_the_score() throws IOException {
    String schema =
        """
        {"type":"object","properties":{"fit":{"type":"number"},"size":{"type":"number"},
         "intent":{"type":"number"},"total":{"type":"number"},"reason":{"type":"string"}}}
        """;
    JsonNode answer = json.readTree(content(ask(QUESTION, schema)));
    assertThat(answer.path("fit").asInt()).isEqualTo(9);
    assertThat(answer.path("size").asInt()).isEqualTo(9);
    assertThat(answer.path("intent").asInt()).isEqualTo(9);
    assertThat(answer.path("total").asInt()).isEqualTo(27);
    assertThat(answer.path("reason").asText()).contains("no model");
  }

  @Test
  void an_executive_and_news_are_worth_a_point_each_wherever_in_the_prompt_they_stand()
      throws IOException {
    String more =
        """
        Research:
        {"person":{"title":"COO","seniority":"executive"},"news":{"headlines":["A third plant"]}}
        """;
    assertThat(content(ask(QUESTION + more, null))).contains("fit 10, size 9, intent 10");
  }

  @Test
  void only_what_the_schema_names_is_answered() throws IOException {
    String schema =
        """
        {"type":"object","properties":{"total":{"type":"number"},
         "mood":{"enum":["calm","keen"]},"tags":{"type":"array"}}}
        """;
    assertThat(content(ask(QUESTION, schema)))
        .isEqualTo("{\"total\":27,\"mood\":\"calm\",\"tags\":[]}");
  }

  @Test
  void without_a_schema_the_answer_is_text() throws IOException {
    assertThat(content(ask(QUESTION, null))).startsWith("Scripted rules, no model");
  }

  @Test
  void a_prompt_that_says_nothing_gets_the_lowest_score() throws IOException {
    assertThat(content(ask("{\"total\" broken", null))).contains("fit 3, size 2, intent 2");
  }

  @Test
  void usage_is_told_and_the_name_leaves_no_doubt() throws IOException {
    JsonNode completion = ask(QUESTION, null);
    assertThat(completion.path("model").asText()).isEqualTo("scripted-model");
    int asked = completion.path("usage").path("prompt_tokens").asInt();
    int answered = completion.path("usage").path("completion_tokens").asInt();
    assertThat(asked).isPositive();
    assertThat(answered).isPositive();
    assertThat(completion.path("usage").path("total_tokens").asInt()).isEqualTo(asked + answered);
  }
}
