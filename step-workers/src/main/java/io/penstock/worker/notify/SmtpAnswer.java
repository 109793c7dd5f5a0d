package io.penstock.worker.notify;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers of what a mail server says.
 *
 * @param code of RFC 5321; 0 if it says none
 * @param detail of RFC 3463, e.g. {@code 5.1.1}
 * @param isEnd whether it has hung up instead
 */
record SmtpAnswer(int code, Optional<String> detail, boolean isEnd) {
  private static final Pattern FORM =
      Pattern.compile("(?s)([2-5]\\d\\d)(?:[ -](?:([245]\\.\\d{1,3}\\.\\d{1,3})\\b)?.*|\\s*)");

  /**
   * @param response as the library keeps it
   */
  static SmtpAnswer of(String response) {
    String said = response == null ? "" : response;
    Matcher matcher = FORM.matcher(said);
    return matcher.matches()
        ? new SmtpAnswer(
            Integer.parseInt(matcher.group(1)), Optional.ofNullable(matcher.group(2)), false)
        : new SmtpAnswer(0, Optional.empty(), said.equals("[EOF]"));
  }

  boolean isTemporary() {
    return code / 100 == 4;
  }

  boolean isPermanent() {
    return code / 100 == 5;
  }

  @Override
  public String toString() {
    return detail.map(more -> code + " " + more).orElse(Integer.toString(code));
  }
}
