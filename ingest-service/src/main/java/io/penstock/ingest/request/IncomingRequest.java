package io.penstock.ingest.request;

import java.util.Map;

/**
 * A request as its sender made it, without anything of HTTP but its parts.
 *
 * @param headers by lower-case name; of a repeated one the first
 * @param query by name, decoded; of a repeated one the first
 * @param body raw; nobody changes it
 */
// Never compared; the body is checked, parsed and signed as bytes.
@SuppressWarnings("ArrayRecordComponent")
public record IncomingRequest(Map<String, String> headers, Map<String, String> query, byte[] body) {
  public IncomingRequest {
    headers = Map.copyOf(headers);
    query = Map.copyOf(query);
  }
}
