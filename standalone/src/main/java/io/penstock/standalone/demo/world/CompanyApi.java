package io.penstock.standalone.demo.world;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;

/** Knows companies by the address of one of their people. */
record CompanyApi(Dossiers dossiers) implements Service {

  @Override
  public Answer answer(Request request) {
    if (!request.path().equals("/api/people/enrichment")) {
      return Answer.refused(404, "no such path");
    }
    Optional<CompanyProfile> found =
        dossiers.ofEmail(request.body().path("email").asText()).map(Dossier::company);
    if (found.isEmpty()) {
      return Answer.refused(404, "nobody has this address");
    }
    CompanyProfile profile = found.get();
    return Answer.ok(
        JsonNodeFactory.instance
            .objectNode()
            .put("name", profile.name())
            .put("employees", profile.employees())
            .put("industry", profile.industry()));
  }
}
