package io.penstock.ingest.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.ingest.request.IncomingRequest;
import io.penstock.schema.definition.Source;
import io.penstock.schema.definition.Source.Encoding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With GitHub's published vector, and Shopify's scheme. */
class HmacTest {
  private static final Source.Hmac GITHUB =
      scheme("X-Hub-Signature-256", "sha256", "sha256=", Encoding.HEX);
  private static final String GITHUB_SECRET = "It's a Secret to Everybody";
  private static final String GITHUB_BODY = "Hello, World!";
  private static final String GITHUB_SIGNATURE =
      "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

  private static final Source.Hmac SHOPIFY =
      scheme("X-Shopify-Hmac-SHA256", "sha256", "", Encoding.BASE64);

  @Test
  void the_published_vector_of_github_is_accepted() {
    assertThat(github(GITHUB_SIGNATURE, GITHUB_BODY, GITHUB_SECRET)).isTrue();
  }

  @Test
  void upper_case_hex_is_the_same_signature() {
    String upper =
        "sha256="
            + GITHUB_SIGNATURE.substring("sha256=".length()).toUpperCase(java.util.Locale.ROOT);
    assertThat(github(upper, GITHUB_BODY, GITHUB_SECRET)).isTrue();
  }

  @Test
  void base64_without_prefix_is_accepted_where_the_source_says_so() {
    String body = "{\"id\":820982911946154508}";
    assertThat(
            accepted(
                SHOPIFY,
                Map.of("x-shopify-hmac-sha256", "qBvrsZF7RfB1iS6BX6IHqJTp5L911P7intnPeTPsH0I="),
                body,
                "hush"))
        .isTrue();
  }

  @Test
  void sha1_and_sha512_are_accepted_where_the_source_says_so() {
    byte[] key = "key".getBytes(UTF_8);
    byte[] text = "The quick brown fox jumps over the lazy dog".getBytes(UTF_8);
    // Published in many places, e.g. the encyclopedia's article on HMAC.
    String sha1 = "de7c9b85b8b78aa6bc8a7a36f70a90701c9db4d9";
    String sha512 =
        "b42af09057bac1e2d41708e48a902e09b5ff7f12ab428a4fe86653c73dd248fb"
            + "82f948a549f7b791a5b41915ee4d1ec3935357e4e2317250d0372afa2ebeeb3a";
    assertThat(
            accepted(
                scheme("X-Sig", "sha1", "", Encoding.HEX),
                Map.of("x-sig", sha1),
                new String(text, UTF_8),
                new String(key, UTF_8)))
        .isTrue();
    assertThat(
            accepted(
                scheme("X-Sig", "sha512", "", Encoding.HEX),
                Map.of("x-sig", sha512),
                new String(text, UTF_8),
                new String(key, UTF_8)))
        .isTrue();
  }

  @Test
  void any_of_several_secrets_may_have_signed() {
    assertThat(github(GITHUB_SIGNATURE, GITHUB_BODY, "other", GITHUB_SECRET)).isTrue();
    assertThat(github(GITHUB_SIGNATURE, GITHUB_BODY, GITHUB_SECRET, "other")).isTrue();
  }

  @Test
  void a_missing_header_is_refused() {
    assertThat(accepted(GITHUB, Map.of(), GITHUB_BODY, GITHUB_SECRET)).isFalse();
  }

  @Test
  void a_missing_prefix_is_refused() {
    assertThat(github(GITHUB_SIGNATURE.substring("sha256=".length()), GITHUB_BODY, GITHUB_SECRET))
        .isFalse();
  }

  @Test
  void another_prefix_is_refused() {
    assertThat(github(GITHUB_SIGNATURE.replace("sha256=", "sha512="), GITHUB_BODY, GITHUB_SECRET))
        .isFalse();
  }

  @Test
  void a_signature_that_is_not_hex_is_refused() {
    assertThat(github("sha256=xyz", GITHUB_BODY, GITHUB_SECRET)).isFalse();
    assertThat(github("sha256=", GITHUB_BODY, GITHUB_SECRET)).isFalse();
  }

  @Test
  void a_part_of_the_signature_is_refused() {
    assertThat(
            github(
                GITHUB_SIGNATURE.substring(0, GITHUB_SIGNATURE.length() - 2),
                GITHUB_BODY,
                GITHUB_SECRET))
        .isFalse();
  }

  @Test
  void another_body_or_secret_is_refused() {
    assertThat(github(GITHUB_SIGNATURE, "Hello, World", GITHUB_SECRET)).isFalse();
    assertThat(github(GITHUB_SIGNATURE, GITHUB_BODY, "other")).isFalse();
    assertThat(github(GITHUB_SIGNATURE, GITHUB_BODY)).isFalse();
  }

  @Test
  void an_empty_secret_is_no_key() {
    assertThat(SignatureCheck.key(GITHUB, "")).isEmpty();
  }

  @Test
  void the_same_bytes_encoded_otherwise_are_refused() {
    byte[] mac = HmacDigest.SHA256.of(GITHUB_SECRET.getBytes(UTF_8), GITHUB_BODY.getBytes(UTF_8));
    assertThat(
            github("sha256=" + Base64.getEncoder().encodeToString(mac), GITHUB_BODY, GITHUB_SECRET))
        .isFalse();
  }

  @Test
  void a_source_that_declares_no_signature_takes_anybody() {
    assertThat(accepted(new Source.Unsigned(), Map.of(), GITHUB_BODY)).isTrue();
  }

  private static boolean github(String signature, String body, String... secrets) {
    return accepted(GITHUB, Map.of("x-hub-signature-256", signature), body, secrets);
  }

  private static boolean accepted(
      Source.Signature scheme, Map<String, String> headers, String body, String... secrets) {
    List<byte[]> keys = new ArrayList<>();
    for (String secret : secrets) {
      keys.add(SignatureCheck.key(scheme, secret).orElseThrow());
    }
    return SignatureCheck.accepts(
        scheme, new IncomingRequest(headers, Map.of(), body.getBytes(UTF_8)), keys, Instant.EPOCH);
  }

  private static Source.Hmac scheme(
      String header, String algorithm, String prefix, Encoding encoding) {
    return new Source.Hmac(List.of("secret://sender/key"), header, algorithm, prefix, encoding);
  }
}
