package io.penstock.standalone.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;

/**
 * A lead as the CRM's webhook tells of it.
 *
 * @param series makes the events of one demo others than those of the last
 */
record LeadWebhook(String secret, String series) {

  String body(Lead lead) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("type", "contact.created");
    body.putObject("data")
        .put("email", lead.email())
        .put("name", lead.name())
        .put("company", lead.company())
        .put("message", lead.message());
    return body.toString();
  }

  /** The same id for every delivery of the same lead. */
  Map<String, String> headers(Lead lead, Instant now, String body) {
    String id = "msg_" + series + "_" + Integer.toHexString(lead.email().hashCode());
    return StandardWebhook.headers(secret, id, now, body);
  }

  /** Says no secret. */
  @Override
  public String toString() {
    return "LeadWebhook " + series;
  }
}
