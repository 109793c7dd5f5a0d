package io.penstock.standalone.demo.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a part is asked.
 *
 * @param query by name, decoded
 * @param body missing if there is none, or it is no JSON
 * @param header value of the header of that name, if sent
 */
record Request(
    String method,
    String path,
    Map<String, String> query,
    JsonNode body,
    Function<String, Optional<String>> header) {

  Optional<String> idempotencyKey() {
    return header.apply("Idempotency-Key");
  }
}
