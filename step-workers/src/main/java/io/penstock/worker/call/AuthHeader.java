package io.penstock.worker.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.schema.definition.Api;
import java.util.Base64;

/** Says who calls, with a secret that is looked up for each call: rotation needs no restart. */
final class AuthHeader {
  private final SecretLookup secrets;

  AuthHeader(SecretLookup secrets) {
    this.secrets = secrets;
  }

  void addTo(RequestHeaders headers, Api.Auth auth, String who) throws CallFailedException {
    switch (auth) {
      case Api.NoAuth ignored -> {}
      case Api.Bearer bearer -> authorize(headers, "Bearer", secrets.require(bearer.secret(), who));
      case Api.Header header -> headers.put(header.name(), secrets.require(header.secret(), who));
      case Api.Basic basic -> {
        String pair = basic.user() + ":" + secrets.require(basic.secret(), who);
        authorize(headers, "Basic", Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
      }
    }
  }

  /** Some Apis answer with the request: what stands there is as secret as what it is made of. */
  private void authorize(RequestHeaders headers, String scheme, String credentials)
      throws CallFailedException {
    String value = scheme + " " + credentials;
    secrets.hide(credentials);
    secrets.hide(value);
    headers.put("Authorization", value);
  }
}
