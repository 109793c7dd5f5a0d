package io.penstock.standalone.demo.world;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Takes messages as an incoming webhook of a team chat does. */
final class ChatChannel implements Service {
  @Override
  public Answer answer(Request request) {
    return request.body().path("text").asText().isEmpty()
        ? Answer.refused(400, "no text")
        : Answer.ok(JsonNodeFactory.instance.textNode("ok"));
  }
}
