package io.penstock.standalone.demo.world;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Knows the position of some people, by their address. */
record ContactApi(Dossiers dossiers) implements Service {

  @Override
  public Answer answer(Request request) {
    if (!request.path().equals("/people/find")) {
      return Answer.refused(404, "no such path");
    }
    String email = request.query().getOrDefault("email", "");
    Optional<Position> found = dossiers.ofEmail(email).flatMap(Dossier::position);
    if (found.isEmpty()) {
      return Answer.refused(404, "this person is not known");
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer
        .putObject("data")
        .put("email", email)
        .putObject("employment")
        .put("title", found.get().title())
        .put("seniority", found.get().seniority());
    return Answer.ok(answer);
  }
}
