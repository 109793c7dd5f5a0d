package io.penstock.ingest.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.ingest.request.IncomingRequest;
import io.penstock.schema.definition.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With the published vector of Standard Webhooks 1.0 and its negative cases. */
class StandardWebhooksTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String OTHER_SECRET = "whsec_" + base64("another-secret-of-24-bytes");
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final String BODY = "{\"test\": 2432232314}";
  private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
  private static final Instant SENT = Instant.ofEpochSecond(1614265330);
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final Map<String, String> headers =
      new HashMap<>(
          Map.of(
              "webhook-id", ID,
              "webhook-timestamp", "1614265330",
              "webhook-signature", SIGNATURE));

  @Test
  void the_published_vector_is_accepted() {
    assertThat(accepted(BODY, SENT, SECRET)).isTrue();
  }

  @Test
  void a_secret_without_its_prefix_is_the_same_secret() {
    assertThat(accepted(BODY, SENT, "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")).isTrue();
  }

  @Test
  void any_of_several_secrets_may_have_signed() {
    assertThat(accepted(BODY, SENT, OTHER_SECRET, SECRET)).isTrue();
    assertThat(accepted(BODY, SENT, SECRET, OTHER_SECRET)).isTrue();
  }

  @Test
  void one_matching_signature_of_several_is_enough() {
    headers.put(
        "webhook-signature",
        "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= "
            + SIGNATURE
            + " v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=");
    assertThat(accepted(BODY, SENT, SECRET)).isTrue();
  }

  @Test
  void several_signatures_that_do_not_match_are_refused() {
    headers.put(
        "webhook-signature",
        "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    assertThat(accepted(BODY, SENT, SECRET)).isFalse();
  }

  @Test
  void a_missing_id_is_refused() {
    headers.remove("webhook-id");
    assertThat(accepted(BODY, SENT, SECRET)).isFalse();
  }

  @Test
  void an_empty_id_is_refused_even_if_signed() {
    headers.put("webhook-id", "");
    headers.put("webhook-signature", sign("", "1614265330", BODY));
    assertThat(accepted(BODY, SENT, SECRET)).isFalse();
  }

  @Test
  void a_missing_timestamp_is_refused() {
    headers.remove("webhook-timestamp");
    assertThat(accepted(BODY, SENT, SECRET)).isFalse();
  }

  @Test
  void a_missing_signature_is_refused() {
    headers.remove("webhook-signature");
    assertThat(accepted(BODY, SENT, SECRET)).isFalse();
  }

  @Test
  void another_version_is_refused() {
    headers.put("webhook-signature", SIGNATURE.replace("v1,", "v2,"));
    assertThat(accepted(BODY, SENT, SECRET)).isFalse();
  }

  @Test
  void a_signature_without_version_is_refused() {
    headers.put("webhook-signature", SIGNATURE.substring("v1,".length()));
    assertThat(accepted(BODY, SENT, SECRET)).isFalse();
  }

  @Test
  void a_signature_that_is_not_base64_is_refused() {
    headers.put("webhook-signature", "v1,not/base64!");
    assertThat(accepted(BODY, SENT, SECRET)).isFalse();
  }

  @Test
  void an_empty_signature_is_refused() {
    headers.put("webhook-signature", "v1,");
    assertThat(accepted(BODY, SENT, SECRET)).isFalse();
  }

  @Test
  void another_body_is_refused() {
    assertThat(accepted(BODY + " ", SENT, SECRET)).isFalse();
  }

  @Test
  void another_id_is_refused() {
    headers.put("webhook-id", ID + "2");
    assertThat(accepted(BODY, SENT, SECRET)).isFalse();
  }

  @Test
  void another_secret_is_refused() {
    assertThat(accepted(BODY, SENT, OTHER_SECRET)).isFalse();
  }

  @Test
  void without_any_secret_nobody_is_accepted() {
    assertThat(accepted(BODY, SENT)).isFalse();
  }

  @Test
  void an_empty_secret_is_no_key() {
    Source.Signature scheme = scheme();
    assertThat(SignatureCheck.key(scheme, "")).isEmpty();
    assertThat(SignatureCheck.key(scheme, "whsec_")).isEmpty();
  }

  @Test
  void a_secret_that_is_not_base64_is_no_key() {
    assertThat(SignatureCheck.key(scheme(), "whsec_not base64")).isEmpty();
  }

  @Test
  void the_clock_may_be_off_by_the_tolerance_both_ways() {
    assertThat(accepted(BODY, SENT.plus(TOLERANCE), SECRET)).isTrue();
    assertThat(accepted(BODY, SENT.minus(TOLERANCE), SECRET)).isTrue();
  }

  @Test
  void a_request_that_is_too_old_is_refused() {
    assertThat(accepted(BODY, SENT.plus(TOLERANCE).plusMillis(1), SECRET)).isFalse();
  }

  @Test
  void a_request_from_the_future_is_refused() {
    assertThat(accepted(BODY, SENT.minus(TOLERANCE).minusMillis(1), SECRET)).isFalse();
  }

  @Test
  void a_timestamp_that_is_no_number_is_refused_even_if_signed() {
    for (String timestamp : List.of("soon", "-1", "1614265330.5", " 1614265330", "9".repeat(30))) {
      headers.put("webhook-timestamp", timestamp);
      headers.put("webhook-signature", sign(ID, timestamp, BODY));
      assertThat(accepted(BODY, SENT, SECRET)).as(timestamp).isFalse();
    }
  }

  private boolean accepted(String body, Instant now, String... secrets) {
    Source.Signature scheme = scheme();
    List<byte[]> keys = new ArrayList<>();
    for (String secret : secrets) {
      keys.add(SignatureCheck.key(scheme, secret).orElseThrow());
    }
    return SignatureCheck.accepts(
        scheme, new IncomingRequest(headers, Map.of(), body.getBytes(UTF_8)), keys, now);
  }

  private static Source.Signature scheme() {
    return new Source.StandardWebhooks(List.of("secret://crm/webhook"), TOLERANCE);
  }

  private static String sign(String id, String timestamp, String body) {
    byte[] key = SignatureCheck.key(scheme(), SECRET).orElseThrow();
    byte[] mac = HmacDigest.SHA256.of(key, (id + "." + timestamp + "." + body).getBytes(UTF_8));
    return "v1," + Base64.getEncoder().encodeToString(mac);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
