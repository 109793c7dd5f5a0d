package io.penstock.schema.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Api;
import io.penstock.schema.definition.Catch;
import io.penstock.schema.definition.Channel;
import io.penstock.schema.definition.Definition;
import io.penstock.schema.definition.Model;
import io.penstock.schema.definition.OnFailure;
import io.penstock.schema.definition.Prompt;
import io.penstock.schema.definition.Retry;
import io.penstock.schema.definition.Source;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.message.ErrorType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DefinitionReaderTest {
  private static final String WORKFLOW =
      """
      kind: Workflow
      name: leads
      version: 1.2.3
      on:
        - {source: crm, type: contact.created, when: data.email != ""}
      steps:
        - id: company
          enrich: {api: apollo, request: {method: POST, path: "/c/{{ input.id }}", body: {e: "{{ input.email }}"}}}
          retry: {delays: [1s, 500ms], jitter: 0.5}
          timeout: PT10S
          catch:
            - errors: [timeout, tooLarge]
              output: {employees: 0, why: "{{ error.type }}"}
            - notify: {channel: ops, text: failed}
              retry: none
        - id: score
          llm: {prompt: scoring@2.0.0, variables: {c: "{{ steps.company.output }}"}, complexity: 4}
          retry: {backoff: linear, delay: 1s, max: 1m, limit: 7}
        - id: pick
          route:
            - when: steps.score.output.total > 25
              name: high
              steps:
                - {id: tell, notify: {channel: sales, text: "{{ input.email }}"}}
            - when: "true"
              steps:
                - {id: tell-more, notify: {channel: sales, text: more}}
            - otherwise:
              steps:
                - {id: tell-less, notify: {channel: sales, text: less}}
      onFailure: fail
      output: {route: "{{ steps.pick.output.name }}"}
      """;

  @Test
  void a_workflow_is_read_with_all_its_parts() {
    Workflow workflow = (Workflow) one(WORKFLOW);

    assertThat(workflow.key().recordKey()).isEqualTo("Workflow/leads/1.2.3");
    assertThat(workflow.on().getFirst().when().orElseThrow().source())
        .isEqualTo("data.email != \"\"");
    assertThat(workflow.onFailure()).isEqualTo(OnFailure.FAIL);
    assertThat(workflow.output()).isPresent();
    Step company = workflow.steps().get(0);
    assertThat(company.retry())
        .isEqualTo(
            Retry.of(
                new Retry.Delays(List.of(Duration.ofSeconds(1), Duration.ofMillis(500)), 0.5)));
    assertThat(company.timeout()).contains(Duration.ofSeconds(10));
    assertThat(company.catches().get(0).errors())
        .isEqualTo(Set.of(ErrorType.TIMEOUT, ErrorType.TOO_LARGE));
    assertThat(company.catches().get(0).handling()).isInstanceOf(Catch.FallbackOutput.class);
    assertThat(company.catches().get(1).errors()).isEmpty();
    assertThat(company.catches().get(1).handling())
        .isInstanceOfSatisfying(
            Catch.FallbackAction.class,
            fallback -> assertThat(fallback.retry()).isEqualTo(Retry.NONE));
    Step score = workflow.steps().get(1);
    assertThat(score.retry())
        .isEqualTo(
            Retry.of(
                new Retry.Backoff(
                    Retry.Backoff.Kind.LINEAR,
                    Duration.ofSeconds(1),
                    2,
                    Duration.ofMinutes(1),
                    7,
                    0)));
    assertThat(((Action.Llm) score.action()).prompt()).isEqualTo("scoring@2.0.0");
    assertThat(((Action.Route) workflow.steps().get(2).action()).branches())
        .extracting(Action.Branch::name)
        .containsExactly("high", "1", "otherwise");
  }

  @Test
  void what_is_left_out_has_its_default() {
    Workflow workflow =
        (Workflow)
            one(
                """
                kind: Workflow
                name: small
                version: 1.0.0
                steps: [{id: a, notify: {channel: ops, text: hello}}]
                """);
    assertThat(workflow.description()).isEmpty();
    assertThat(workflow.on()).isEmpty();
    assertThat(workflow.inputSchema()).isEmpty();
    assertThat(workflow.onFailure()).isEqualTo(OnFailure.SUSPEND);
    assertThat(workflow.output()).isEmpty();
    assertThat(workflow.steps().getFirst().retry()).isEqualTo(Retry.DEFAULT);
    assertThat(workflow.steps().getFirst().timeout()).isEmpty();
  }

  @Test
  void a_source_says_how_requests_are_signed_and_become_events() {
    Source standard =
        (Source)
            one(
                """
                kind: Source
                name: crm
                signature: {scheme: standard-webhooks, secrets: [secret://crm/new, secret://crm/old]}
                event: {type: "{{ body.type }}"}
                """);
    assertThat(standard.signature())
        .isEqualTo(
            new Source.StandardWebhooks(
                List.of("secret://crm/new", "secret://crm/old"), Duration.ofMinutes(5)));
    assertThat(standard.event().id().orElseThrow().source().value())
        .isEqualTo("{{ headers[\"webhook-id\"] }}");

    Source hmac =
        (Source)
            one(
                """
                kind: Source
                name: git
                signature: {scheme: hmac, secrets: [secret://git/key], header: x-hub-signature-256, prefix: "sha256="}
                event: {id: "{{ headers['x-id'] }}", type: push, data: "{{ body.commit }}"}
                """);
    assertThat(hmac.signature())
        .isEqualTo(
            new Source.Hmac(
                List.of("secret://git/key"),
                "x-hub-signature-256",
                "sha256",
                "sha256=",
                Source.Encoding.HEX));

    Source open =
        (Source)
            one(
                """
                kind: Source
                name: open
                signature: {scheme: none}
                event: {id: random, type: ping}
                """);
    assertThat(open.signature()).isEqualTo(new Source.Unsigned());
    assertThat(open.event().id()).isEmpty();
  }

  @Test
  void the_other_kinds_are_read() {
    assertThat(
            one(
                "{kind: Api, name: crm, baseUrl: 'https://crm.example', auth: {bearer: 'secret://crm/token'}}"))
        .isInstanceOfSatisfying(
            Api.class,
            api -> {
              assertThat(api.auth()).isEqualTo(new Api.Bearer("secret://crm/token"));
              assertThat(api.timeout()).isEqualTo(Api.DEFAULT_TIMEOUT);
              assertThat(api.allowPrivateAddresses()).isFalse();
            });
    assertThat(one("{kind: Channel, name: sales, type: slack, url: 'secret://slack/sales'}"))
        .isInstanceOfSatisfying(
            Channel.class,
            channel ->
                assertThat(channel.destination())
                    .isEqualTo(
                        new Channel.Webhook(
                            Channel.Type.SLACK, "secret://slack/sales", Optional.empty())));
    assertThat(
            one(
                "{kind: Channel, name: mail, type: smtp, host: smtp.example, from: 'Sales <s@a.example>'}"))
        .isInstanceOfSatisfying(
            Channel.class,
            channel ->
                assertThat(channel.destination())
                    .isEqualTo(
                        new Channel.MailServer(
                            "smtp.example",
                            587,
                            Channel.Security.STARTTLS,
                            Optional.empty(),
                            "Sales <s@a.example>",
                            Optional.empty())));
    assertThat(
            one(
                """
                kind: Prompt
                name: scoring
                version: 1.0.0
                model: default
                user: "{{ vars.lead }}"
                examples: [{user: hello, assistant: {total: 3}}]
                output: {type: object}
                temperature: 0
                """))
        .isInstanceOfSatisfying(
            Prompt.class,
            prompt -> {
              assertThat(prompt.examples())
                  .containsExactly(new Prompt.Example("hello", "{\"total\":3}"));
              assertThat(prompt.temperature()).contains(0.0);
            });
    assertThat(
            one(
                "{kind: Model, name: small, model: m-1, baseUrl: 'http://127.0.0.1:9/v1', prices: {input: 0.15, output: 2}, allowPrivateAddresses: true}"))
        .isInstanceOfSatisfying(
            Model.class,
            model ->
                assertThat(model.prices())
                    .isEqualTo(
                        Optional.of(
                            new Model.Prices(new BigDecimal("0.15"), new BigDecimal("2")))));
  }

  @Test
  void a_file_may_hold_several_documents() {
    Reading reading =
        read(
            """
            # a comment
            ---
            {kind: Channel, name: a, type: http, url: 'https://a.example/hook'}
            ---
            {kind: Channel, name: b, type: http, url: 'https://b.example/hook'}
            ---
            """);
    assertThat(reading.problems()).isEmpty();
    assertThat(reading.definitions())
        .extracting(located -> located.definition().name())
        .containsExactly("a", "b");
  }

  @Test
  void a_good_definition_survives_a_bad_neighbour() {
    Reading reading =
        read(
            """
            {kind: Channel, name: a, type: http, url: 'https://a.example/hook'}
            ---
            {kind: Chanel, name: b}
            """);
    assertThat(reading.definitions()).hasSize(1);
    assertThat(reading.problems())
        .singleElement()
        .hasToString("test.yaml:3:8 /kind: there is no kind 'Chanel'; did you mean 'Channel'?");
  }

  @Test
  void what_was_read_from_yaml_travels_as_json_and_is_equal() throws Exception {
    for (String file : List.of(WORKFLOW)) {
      Located<Definition> written = read(file).definitions().getFirst();
      Located<Definition> arrived = DefinitionReader.readJson(written.json().utf8());
      assertThat(arrived.definition()).isEqualTo(written.definition());
      assertThat(arrived.json()).isEqualTo(written.json());
    }
  }

  @Test
  void notation_and_comments_do_not_change_the_form_on_the_wire() {
    String one = "{kind: Channel, name: a, type: http, url: 'https://a.example/hook'}";
    String other =
        """
        # the same
        kind: "Channel"
        name:   a
        type: http  # as it is
        url: https://a.example/hook
        """;
    assertThat(read(one).definitions().getFirst().json())
        .isEqualTo(read(other).definitions().getFirst().json());
  }

  @Test
  void json_that_is_no_definition_is_refused_with_pointers() {
    byte[] json =
        "{\"kind\":\"Api\",\"name\":\"A\",\"baseUrl\":\"ftp://x\"}"
            .getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> DefinitionReader.fromJson(json))
        .isInstanceOfSatisfying(
            InvalidDefinitionException.class,
            e ->
                assertThat(e.problems())
                    .extracting(Problem::path)
                    .containsExactly("/name", "/baseUrl"));
    assertThatThrownBy(() -> DefinitionReader.fromJson("[".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("no JSON");
    assertThatThrownBy(() -> DefinitionReader.fromJson(new byte[300 * 1024]))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("more than 262144");
  }

  private static Reading read(String yaml) {
    return DefinitionReader.read("test.yaml", yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static Definition one(String yaml) {
    Reading reading = read(yaml);
    assertThat(reading.problems()).isEmpty();
    return reading.definitions().getFirst().definition();
  }
}
