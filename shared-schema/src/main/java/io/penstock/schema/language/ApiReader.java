package io.penstock.schema.language;

import io.penstock.schema.definition.Api;
import io.penstock.schema.definition.Definition;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads an {@code Api}. */
final class ApiReader {
  private static final URI MISSING = URI.create("http://missing.invalid");
  private static final List<String> AUTHS = List.of("bearer", "header", "basic");

  private final Fields fields;
  private final Problems problems;
  private final Values values;

  private ApiReader(Fields fields) {
    this.fields = fields;
    this.problems = fields.problems();
    this.values = new Values(problems);
  }

  static Definition read(Fields fields) {
    return new ApiReader(fields).read();
  }

  private Api read() {
    Api api =
        new Api(
            fields.require("name", "apollo").flatMap(values::name).orElse(""),
            fields
                .require("baseUrl", "https://api.example.com")
                .flatMap(values::url)
                .orElse(MISSING),
            fields.find("auth").flatMap(this::auth).orElse(new Api.NoAuth()),
            headers(),
            StepReader.timeout(fields, values).orElse(Api.DEFAULT_TIMEOUT),
            fields.find("allowPrivateAddresses").flatMap(values::bool).orElse(false),
            CallLimitsReader.read(fields));
    fields.done(Set.of("retry", "description"));
    return api;
  }

  private Optional<Api.Auth> auth(Node node) {
    Fields auth = Fields.of(node, "auth", problems);
    List<String> written = AUTHS.stream().filter(auth::has).toList();
    if (written.size() != 1) {
      problems.add(
          auth.spot(),
          "write one of {bearer: secret://…}, {header: {name, value: secret://…}},"
              + " {basic: {user, password: secret://…}}");
      return Optional.empty();
    }
    Optional<Api.Auth> read =
        auth.find(written.getFirst())
            .flatMap(
                part ->
                    switch (written.getFirst()) {
                      case "bearer" -> values.secret(part).map(Api.Bearer::new);
                      case "header" -> Optional.of(header(part));
                      default -> Optional.of(basic(part));
                    });
    auth.done(Set.of("oauth2"));
    return read;
  }

  private Api.Auth header(Node node) {
    Fields header = Fields.of(node, "auth.header", problems);
    Api.Auth auth =
        new Api.Header(
            header.require("name", "X-Api-Key").flatMap(values::text).orElse(""),
            header.require("value", "secret://apollo/key").flatMap(values::secret).orElse(""));
    header.done();
    return auth;
  }

  private Api.Auth basic(Node node) {
    Fields basic = Fields.of(node, "auth.basic", problems);
    Api.Auth auth =
        new Api.Basic(
            basic.require("user", "penstock").flatMap(values::text).orElse(""),
            basic.require("password", "secret://crm/password").flatMap(values::secret).orElse(""));
    basic.done();
    return auth;
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    fields
        .find("headers")
        .ifPresent(
            node -> {
              RequestReader.checkHeaderNames(node, problems);
              values
                  .members(node, "headers")
                  .forEach(
                      header ->
                          values
                              .text(header.getValue())
                              .ifPresent(text -> headers.put(header.getKey(), text)));
            });
    return headers;
  }
}
