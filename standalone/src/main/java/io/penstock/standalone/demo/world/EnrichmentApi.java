package io.penstock.standalone.demo.world;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;

/** Knows companies by the address of one of their people. */
final class EnrichmentApi implements Service {
  private final Map<String, CompanyProfile> byEmail;

  EnrichmentApi(Map<String, CompanyProfile> byEmail) {
    this.byEmail = Map.copyOf(byEmail);
  }

  @Override
  public Answer answer(Request request) {
    if (!request.path().equals("/api/people/enrichment")) {
      return Answer.refused(404, "no such path");
    }
    CompanyProfile profile = byEmail.get(request.body().path("email").asText());
    if (profile == null) {
      return Answer.refused(404, "nobody has this address");
    }
    return Answer.ok(
        JsonNodeFactory.instance
            .objectNode()
            .put("name", profile.name())
            .put("employees", profile.employees())
            .put("industry", profile.industry()));
  }
}
