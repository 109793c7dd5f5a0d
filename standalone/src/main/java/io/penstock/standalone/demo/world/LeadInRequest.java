package io.penstock.standalone.demo.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out whom a request is about. */
record LeadInRequest(Dossiers dossiers) {
  private static final Pattern ADDRESS = Pattern.compile("[\\w.+-]+@[\\w-]+\\.example");

  /** E-mail address; empty if the request is about nobody. */
  Optional<String> lead(Part part, Request request) {
    return switch (part) {
      case NEWS -> dossiers.emailAt(NewsApi.company(request));
      case CONTACTS -> address(request.query().toString());
      case MODEL -> address(question(request.body()));
      case COMPANIES, CRM, CHAT -> address(request.body().toString());
    };
  }

  /** A prompt may have examples, so that only its last message counts. */
  private static String question(JsonNode body) {
    JsonNode messages = body.path("messages");
    return messages.isEmpty()
        ? body.toString()
        : ScriptedModel.text(messages.get(messages.size() - 1).path("content"));
  }

  private static Optional<String> address(String text) {
    Matcher found = ADDRESS.matcher(text);
    return found.find() ? Optional.of(found.group()) : Optional.empty();
  }
}
