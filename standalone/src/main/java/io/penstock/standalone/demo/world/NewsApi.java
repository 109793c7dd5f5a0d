package io.penstock.standalone.demo.world;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Finds what was written about a company, by its name. */
record NewsApi(Dossiers dossiers) implements Service {

  @Override
  public Answer answer(Request request) {
    if (!request.path().equals("/everything")) {
      return Answer.refused(404, "no such path");
    }
    String company = company(request);
    if (company.isEmpty()) {
      return Answer.refused(400, "q is missing");
    }
    List<String> headlines =
        dossiers
            .emailAt(company)
            .flatMap(dossiers::ofEmail)
            .map(Dossier::headlines)
            .orElse(List.of());
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("status", "ok").put("totalResults", headlines.size());
    ArrayNode articles = answer.putArray("articles");
    headlines.forEach(headline -> articles.addObject().put("title", headline));
    return Answer.ok(answer);
  }

  /** Empty if none is asked for. Quotes around it ask for exactly this name. */
  static String company(Request request) {
    return request.query().getOrDefault("q", "").replace("\"", "");
  }
}
