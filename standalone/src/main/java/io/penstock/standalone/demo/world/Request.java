package io.penstock.standalone.demo.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a part is asked.
 *
 * @param header value of the header of that name, if sent
 */
record Request(
    String method,
    String path,
    JsonNode body,
    Optional<String> lead,
    Function<String, Optional<String>> header) {

  Optional<String> idempotencyKey() {
    return header.apply("Idempotency-Key");
  }
}
