package io.penstock.standalone.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Definitions of a small workflow over an {@link OutsideWorld}: enrich, llm, route, notify. */
final class Installation {
  /** Signs webhooks of source {@code crm} (HMAC). */
  static final String SECRET = "an-hmac-secret-for-tests-only";

  static final Map<String, String> SECRETS = Map.of("PENSTOCK_SECRET_CRM_WEBHOOK", SECRET);

  private static final String DEFINITIONS =
      """
      kind: Source
      name: crm
      signature:
        scheme: hmac
        header: X-Signature
        algorithm: sha256
        prefix: "sha256="
        encoding: hex
        secrets: ["secret://crm/webhook"]
      event:
        id: "{{ body.id }}"
        type: contact.created
        data: "{{ body }}"
      ---
      kind: Api
      name: world
      baseUrl: http://127.0.0.1:PORT
      allowPrivateAddresses: true
      ---
      kind: Model
      name: scripted
      model: scripted
      baseUrl: http://127.0.0.1:PORT/v1
      allowPrivateAddresses: true
      ---
      kind: Prompt
      name: scoring
      version: 1.0.0
      model: scripted
      user: "Score {{ vars.email }}"
      output: {type: object, required: [score], properties: {score: {type: integer}}, additionalProperties: false}
      ---
      kind: Workflow
      name: lead
      version: 1.0.0
      on: [{source: crm, type: contact.created}]
      steps:
        - id: company
          enrich: {api: world, request: {method: POST, path: /enrich, body: {email: "{{ input.email }}"}}}
        - id: score
          llm: {prompt: scoring, variables: {email: "{{ input.email }}"}}
        - id: pipeline
          route:
            - when: steps.score.output.score > 25 && steps.company.output.employees > 100
              name: high
              steps:
                - id: tell
                  notify: {api: world, request: {method: POST, path: /notify, body: {id: "{{ input.id }}"}}}
            - otherwise:
              steps:
                - id: nurture
                  notify: {api: world, request: {method: POST, path: /nurture}}
      """;

  private Installation() {}

  static Path write(Path directory, OutsideWorld world) throws IOException {
    return WrittenDefinitions.write(directory, DEFINITIONS, world.port());
  }
}
