package io.penstock.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.standalone.demo.world.Credentials;
import io.penstock.standalone.demo.world.DemoWorld;
import io.penstock.standalone.demo.world.Position;
import io.penstock.standalone.demo.world.ScriptedFailures;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the demo expects of each lead is what the scripted model says of it. */
class ScoredLeadsTest {
  @Test
  void every_lead_gets_the_score_that_is_expected_of_it() throws Exception {
    ObjectMapper json = new ObjectMapper();
    try (HttpClient client = HttpClient.newHttpClient();
        DemoWorld world =
            DemoWorld.start(
                Map.of(),
                new Credentials("co", "pe", "n", "m", "c", "p"),
                ScriptedFailures.none())) {
      for (Lead lead : Leads.of(9)) {
        String question =
            "Contact:\n%s\n\nCompany:\n%s\n\nPerson:\n%s\n\nNews:\n%s\n"
                .formatted(
                    json.readTree(new LeadWebhook("whsec_", "t").body(lead)).path("data"),
                    json.valueToTree(lead.dossier().company()),
                    json.valueToTree(
                        lead.dossier().position().orElse(new Position("unknown", "unknown"))),
                    json.valueToTree(Map.of("headlines", lead.dossier().headlines())));
        String body =
            json.writeValueAsString(
                Map.of(
                    "messages",
                    new Object[] {Map.of("role", "user", "content", question)},
                    "response_format",
                    Map.of(
                        "json_schema",
                        Map.of("schema", Map.of("properties", Map.of("total", Map.of()))))));
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(world.url() + "/model/v1/chat/completions"))
                .header("Authorization", "Bearer m")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        JsonNode answer =
            json.readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        String content = answer.path("choices").path(0).path("message").path("content").asText();
        assertThat(json.readTree(content).path("total").asInt())
            .as(lead.email())
            .isEqualTo(lead.expectedScore());
      }
    }
  }
}
