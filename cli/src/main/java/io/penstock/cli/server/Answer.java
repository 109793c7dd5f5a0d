package io.penstock.cli.server;

import io.penstock.schema.json.Json;

/**
 * What the server said.
 *
 * @param status of HTTP
 * @param body {@link Json#NULL} if it was no JSON
 */
public record Answer(int status, Json body) {
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }
}
