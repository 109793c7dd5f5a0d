package io.penstock.worker.notify;

import static io.penstock.worker.notify.Mailing.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.StepError;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that try to be more than data in a mail. */
class HostileMailTest {
  private static final String TO = "to: '{{ input }}', subject: a, text: b";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "jane",
        "jane@",
        "@example.com",
        "a@example.com, eve@example.com",
        "a@example.com;eve@example.com",
        "a@example.com eve@example.com",
        "friends: a@example.com, eve@example.com;",
        "friends: a@example.com;",
        "a@example.com\r\nBcc: eve@example.com",
        "a@example.com\nDATA",
        "Jane\r\n <a@example.com>",
        "Jane\u2028 <a@example.com>",
        "=?utf-8?Q?a=0D=0ABcc:_eve@example.com?= <a@example.com>",
        "=?utf-8?B?YQ0KQmNjOiBldmVAZXhhbXBsZS5jb20=?= <a@example.com>",
        "=?utf-8?Q?a=0D=0AX-Evil:_1?= <a@example.com>",
        "<@relay.example:a@example.com>",
        "<a@example.com> NOTIFY=SUCCESS",
        "a@example.com, Eve <eve@example.com>",
        "Jane <a@example.com>, Eve <eve@example.com>",
        "Jane <a@example.com> <eve@example.com>",
        "=?utf-8?Q?<a@example.com>?= <eve@example.com>",
        "=?none-8?Q?x?= <eve@example.com>",
        "<>",
        "<a@example.com>> SIZE=1",
        "a\\> x@example.com",
        "\"a> SIZE=1\"@example.com",
        "\"a b\"@example.com",
        "a@[127.0.0.1]",
        "a@exa_mple.com",
        "a@-example.com",
        "a@example..com",
        "a..b@example.com",
        "zo\u00eb@example.com",
        "a@example.com\u0000",
      })
  void what_is_not_one_address_is_refused_before_anything_is_said(String address) {
    assertRefused(attempt("security: none", TO, address), "'to' is no mail address");
    assertRefused(
        attempt("security: none", TO, List.of("fine@example.com", address)), "(number 2 of 2)");
  }

  @Test
  void endless_addresses_are_refused() {
    assertRefused(
        attempt("security: none", TO, "a".repeat(65) + "@example.com"), "no mail address");
    assertRefused(
        attempt("security: none", TO, "a@" + "b".repeat(250) + ".example"), "no mail address");
    assertRefused(
        attempt("security: none", TO, "x ".repeat(100_000) + "<a@example.com>"), "no mail address");
  }

  @Test
  void a_crowd_or_nobody_is_no_recipient() {
    assertRefused(
        attempt("security: none", TO, Collections.nCopies(51, "a@example.com")), "51 addresses");
    assertRefused(attempt("security: none", TO, List.of()), "0 addresses");
    assertRefused(attempt("security: none", TO, List.of(List.of("a@example.com"))), "number 1");
    assertRefused(attempt("security: none", TO, Map.of("a@example.com", 1)), "no mail address");
    assertRefused(attempt("security: none", TO, 7), "no mail address");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\r\nBcc: eve@example.com",
        "a\nBcc: eve@example.com",
        "a\rBcc: eve@example.com",
        "a\r\n\r\nbody",
        "a\u0085Bcc: eve@example.com",
        "a\u2028Bcc: eve@example.com",
        "a\u0000",
      })
  void a_header_has_one_line(String value) {
    assertRefused(
        attempt("security: none", "to: a@example.com, subject: '{{ input }}', text: b", value),
        "'subject' has line ends");
    assertRefused(
        attempt(
            "security: none",
            "to: a@example.com, subject: a, text: b, headers: {X-Of-Event: '{{ input }}'}",
            value),
        "'headers.X-Of-Event' has line ends");
  }

  @Test
  void a_header_of_any_length_is_refused() {
    assertRefused(
        attempt(
            "security: none",
            "to: a@example.com, subject: '{{ input }}', text: b",
            "x".repeat(999)),
        "999 characters");
  }

  @Test
  void a_giant_text_is_not_sent() {
    StepError error =
        new Mailing()
            .failed(
                attempt(
                    "security: none",
                    "to: a@example.com, subject: a, text: '{{ input }}', html: '{{ input }}'",
                    "ü".repeat(270_000)));
    assertThat(error.type()).isEqualTo(ErrorType.TOO_LARGE);
    assertThat(error.message()).contains("1080000 bytes", "at most 1048576");
  }

  private static void assertRefused(io.penstock.worker.runtime.Attempt attempt, String message) {
    StepError error = new Mailing().failed(attempt);
    assertThat(error.message()).startsWith("Channel 'letters': ").contains(message);
    assertThat(error.message()).doesNotContain("example", "eve");
    assertThat(error.type()).isEqualTo(ErrorType.VALIDATION);
    assertThat(error.retriable()).isFalse();
  }
}
