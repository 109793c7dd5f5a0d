package io.penstock.benchmark.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WebhookRequestTest {
  private static final URI URL = URI.create("http://127.0.0.1:8080/webhooks/lead?a=1");

  @Test
  void an_unsigned_one_is_a_plain_post() {
    Leads.Lead lead = new Leads.Lead("x-1", "{\"a\":\"ä\"}", false);

    assertThat(text(Optional.empty(), lead))
        .isEqualTo(
            "POST /webhooks/lead?a=1 HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{\"a\":\"ä\"}");
  }

  /** The example of the Standard Webhooks specification's reference libraries. */
  @Test
  void a_signed_one_is_a_standard_webhook() {
    Leads.Lead lead =
        new Leads.Lead("msg_p5jXN8AQM9LWM0D4loKWxJek", "{\"test\": 2432232314}", false);

    assertThat(text(Optional.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), lead))
        .contains("\r\nwebhook-id: msg_p5jXN8AQM9LWM0D4loKWxJek\r\n")
        .contains("\r\nwebhook-timestamp: 1614265330\r\n")
        .contains("\r\nwebhook-signature: v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=\r\n");
  }

  @Test
  void a_secret_that_is_none_is_refused() {
    assertThatThrownBy(() -> new WebhookRequest(URL, Optional.of("abc")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("whsec_");
  }

  private static String text(Optional<String> secret, Leads.Lead lead) {
    return new String(
        new WebhookRequest(URL, secret).bytes(lead, Instant.ofEpochSecond(1_614_265_330)), UTF_8);
  }
}
