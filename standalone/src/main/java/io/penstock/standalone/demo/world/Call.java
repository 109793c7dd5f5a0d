package io.penstock.standalone.demo.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A request that reached the world, and how it was answered.
 *
 * @param path without the part's own segment
 * @param lead e-mail address that the request is about; empty if it is about nobody
 * @param body missing if there was none, or it was no JSON
 */
public record Call(
    Part part,
    String path,
    Optional<String> lead,
    Optional<String> idempotencyKey,
    JsonNode body,
    int status) {

  public boolean succeeded() {
    return status >= 200 && status < 300;
  }
}
