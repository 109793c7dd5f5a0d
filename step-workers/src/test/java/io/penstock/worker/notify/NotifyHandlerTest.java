package io.penstock.worker.notify;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.StepOutcome;
import io.penstock.worker.call.ApiCalls;
import io.penstock.worker.call.Handing;
import io.penstock.worker.call.LimitedCalls;
import io.penstock.worker.call.LimitedHttp;
import io.penstock.worker.call.OutboundHttp;
import io.penstock.worker.call.Posts;
import io.penstock.worker.call.SecretLookup;
import io.penstock.worker.call.WayOut;
import io.penstock.worker.limit.CallGuards;
import io.penstock.worker.limit.GuardObserver;
import io.penstock.worker.limit.LocalGuards;
import io.penstock.worker.runtime.Attempt;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NotifyHandlerTest {
  @RegisterExtension static final WayOut WAY_OUT = new WayOut();

  @RegisterExtension
  static final WireMockExtension OTHER_SIDE =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final String CONTEXT = "{\"input\":{\"email\":\"jane@example.com\"}}";

  @Test
  void a_plain_channel_gets_text_and_where_it_comes_from() {
    answer(aResponse());
    Attempt attempt = attempt("type: http, url: '%s/hooks/sales'");
    assertThat(((StepOutcome.Succeeded) run(attempt)).output().isNull()).isTrue();
    LoggedRequest request = request();
    assertThat(request.getUrl()).isEqualTo("/hooks/sales");
    assertThat(request.getBodyAsString())
        .isEqualTo(
            "{\"text\":\"New lead: jane@example.com\",\"execution\":\"leads~abc\",\"step\":\"tell\"}");
    assertThat(request.getHeader("Idempotency-Key")).isEqualTo(attempt.id().idempotencyKey());
    assertThat(request.getHeader("webhook-signature")).isNull();
  }

  @Test
  void a_channel_with_a_secret_gets_a_standard_webhooks_signature() {
    answer(aResponse());
    Attempt attempt = attempt("type: http, url: '%s/hooks', secret: secret://sales/signing");
    run(attempt);
    LoggedRequest request = request();
    String id = attempt.id().idempotencyKey();
    assertThat(request.getHeader("webhook-id")).isEqualTo(id);
    assertThat(request.getHeader("webhook-timestamp")).isEqualTo("1795341600");
    assertThat(request.getHeader("webhook-signature"))
        .isEqualTo(
            WebhookSignature.headers(
                    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", id, NOW, request.getBody())
                .get("webhook-signature"));
  }

  @Test
  void the_signature_is_that_of_the_published_example() {
    assertThat(
            WebhookSignature.headers(
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                Instant.ofEpochSecond(1614265330),
                "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
        .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void slack_gets_text_only_at_an_address_that_is_secret() {
    answer(aResponse().withHeader("Content-Type", "text/html").withBody("ok"));
    StepOutcome.Result result = run(attempt("type: slack, url: secret://slack/url"));
    assertThat(((StepOutcome.Succeeded) result).output()).hasToString("{\"text\":\"ok\"}");
    assertThat(request().getUrl()).isEqualTo("/services/T1/B1/xyz");
    assertThat(request().getBodyAsString()).isEqualTo("{\"text\":\"New lead: jane@example.com\"}");
  }

  @Test
  void a_failure_does_not_tell_a_secret_address() {
    answer(aResponse().withStatus(400));
    StepOutcome.Failed failed =
        (StepOutcome.Failed) run(attempt("type: slack, url: secret://slack/url"));
    assertThat(failed.error().type()).isEqualTo(ErrorType.RUNTIME);
    assertThat(failed.error().message()).isEqualTo("Channel 'sales': answered 400");
  }

  @Test
  void a_channel_that_asks_to_wait_defers_the_attempt() {
    answer(aResponse().withStatus(429).withHeader("Retry-After", "3"));
    StepOutcome.Deferred deferred =
        (StepOutcome.Deferred) run(attempt("type: slack, url: secret://slack/url"));
    assertThat(deferred.delay()).isEqualTo(Duration.ofSeconds(3));
    assertThat(deferred.reason()).isEqualTo("Channel 'sales': it asked its callers to wait");
  }

  @Test
  void a_channel_has_limits() {
    answer(aResponse());
    NotifyHandler handler = handler();
    Attempt attempt = attempt("type: http, url: '%s/hooks', rateLimit: 1/min");
    assertThat(handler.attempt(attempt).result()).isInstanceOf(StepOutcome.Succeeded.class);
    assertThat(handler.attempt(attempt).result()).isInstanceOf(StepOutcome.Deferred.class);
    assertThat(OTHER_SIDE.getAllServeEvents()).hasSize(1);
  }

  @Test
  void an_inside_address_is_blocked_unless_allowed() {
    StepOutcome.Failed failed =
        (StepOutcome.Failed)
            run(
                Handing.attempt(
                    yaml("type: http, url: '%s/hooks'")
                        .replace("Addresses: true", "Addresses: false"),
                    CONTEXT));
    assertThat(failed.error().type()).isEqualTo(ErrorType.BLOCKED);
    assertThat(OTHER_SIDE.getAllServeEvents()).isEmpty();
  }

  @Test
  void an_unknown_channel_is_a_failure_of_configuration() {
    StepOutcome.Failed failed =
        (StepOutcome.Failed)
            run(
                Handing.attempt(
                    yaml("type: http, url: '%s/'").replace("channel: sales", "channel: nobody"),
                    CONTEXT));
    assertThat(failed.error().type()).isEqualTo(ErrorType.CONFIGURATION);
  }

  private static void answer(ResponseDefinitionBuilder answer) {
    OTHER_SIDE.stubFor(any(anyUrl()).willReturn(answer));
  }

  private static LoggedRequest request() {
    return OTHER_SIDE.getAllServeEvents().getFirst().getRequest();
  }

  private static StepOutcome.Result run(Attempt attempt) {
    return handler().attempt(attempt).result();
  }

  private static NotifyHandler handler() {
    SecretLookup secrets =
        Handing.secrets(
            Map.of(
                "PENSTOCK_SECRET_SALES_SIGNING",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "PENSTOCK_SECRET_SLACK_URL",
                OTHER_SIDE.baseUrl() + "/services/T1/B1/xyz"));
    OutboundHttp http = WAY_OUT.http();
    CallGuards guards = new LocalGuards(GuardObserver.BLIND);
    return new NotifyHandler(
        new ApiCalls(http, secrets, guards),
        new ChannelPosts(
            new Posts(new LimitedHttp(http, guards)),
            new Mails(WayOut.tcp(), new LimitedCalls(guards), secrets),
            secrets,
            Clock.fixed(NOW, ZoneOffset.UTC)));
  }

  private static Attempt attempt(String channel) {
    return Handing.attempt(yaml(channel), CONTEXT);
  }

  private static String yaml(String channel) {
    return """
        {kind: Channel, name: sales, allowPrivateAddresses: true, %s}
        ---
        kind: Workflow
        name: leads
        version: 1.0.0
        steps:
          - id: tell
            notify: {channel: sales, text: "New lead: {{ input.email }}"}
        """
        .formatted(channel.formatted(OTHER_SIDE.baseUrl()));
  }
}
