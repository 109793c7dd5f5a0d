package io.penstock.worker.runtime;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.penstock.schema.definition.Action;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.secret.EnvironmentAndFileSecrets;
import io.penstock.worker.call.ApiCalls;
import io.penstock.worker.call.Handing;
import io.penstock.worker.call.SecretLookup;
import io.penstock.worker.call.WayOut;
import io.penstock.worker.limit.GuardObserver;
import io.penstock.worker.limit.LocalGuards;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Some Apis answer with the request; what comes back must not end in the history. */
class SecretsStayInsideTest {
  @RegisterExtension static final WayOut WAY_OUT = new WayOut();

  @RegisterExtension
  static final WireMockExtension API =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1").globalTemplating(true))
          .build();

  private static final String SECRET = "s3cr3t-token";
  private static final String ENCODED =
      Base64.getEncoder().encodeToString(("jane:" + SECRET).getBytes(UTF_8));

  private final WorkerSecrets secrets =
      new WorkerSecrets(
          new EnvironmentAndFileSecrets(
              Map.of("PENSTOCK_SECRET_CRM_TOKEN", SECRET), Optional.empty()));
  private final ApiCalls calls =
      new ApiCalls(WAY_OUT.http(), new SecretLookup(secrets), new LocalGuards(GuardObserver.BLIND));
  private final OutcomeLimits limits = new OutcomeLimits(secrets.scrubber());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{basic: {user: jane, password: secret://crm/token}}",
        "{bearer: secret://crm/token}"
      })
  void neither_output_nor_error_shows_what_authorized_the_call(String auth) {
    API.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse().withBody("you sent <{{{request.headers.Authorization}}}> to us")));
    AttemptResult echoed = call(auth);
    String sent = API.getAllServeEvents().getFirst().getRequest().getHeader("Authorization");
    assertThat(echoed.result().toString()).contains(sent);

    assertThat(((StepOutcome.Succeeded) limits.applyTo(echoed).result()).output().toString())
        .isEqualTo("{\"text\":\"you sent <***> to us\"}");
    String credential = sent.substring(sent.indexOf(' ') + 1);
    for (String secret : new String[] {sent, credential, SECRET}) {
      AttemptResult error = AttemptResult.failed(ErrorType.RUNTIME, "refused '" + secret + "'");
      assertThat(((StepOutcome.Failed) limits.applyTo(error).result()).error().message())
          .isEqualTo("refused '***'");
    }
    assertThat(sent).isIn("Bearer " + SECRET, "Basic " + ENCODED);
  }

  private AttemptResult call(String auth) {
    String yaml =
        """
        kind: Api
        name: crm
        baseUrl: %s
        auth: %s
        allowPrivateAddresses: true
        ---
        kind: Workflow
        name: leads
        version: 1.0.0
        steps:
          - id: company
            enrich: {api: crm, request: {method: GET, path: /}}
        """
            .formatted(API.baseUrl(), auth);
    Attempt attempt = Handing.attempt(yaml, "{}");
    Action.Enrich enrich = (Action.Enrich) attempt.action();
    return calls.call(attempt, enrich.api(), enrich.request());
  }
}
