package io.penstock.worker.notify;

import io.penstock.schema.message.ErrorType;
import io.penstock.worker.call.CallFailedException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Reads what is to be exactly one address: {@code jane@example.com} or {@code Jane
 * <jane@example.com>}.
 *
 * <p>Stricter than RFC 5322: what stands before the @ is not quoted, so that no quotation of ours
 * or of a server can be broken out of; the domain is a name. A domain that is not ASCII goes over
 * the wire as IDNA has it; what stands before the @ must be ASCII, since not every server on the
 * way knows RFC 6531.
 */
final class MailAddress {
  private static final Pattern LOCAL =
      Pattern.compile(
          "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64})*");

  private static final Pattern DOMAIN =
      Pattern.compile(
          "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");

  private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");
  private static final Pattern NO_NAME = Pattern.compile("[@<>]");

  private static final int MAX_LOCAL_LENGTH = 64;
  private static final int MAX_LENGTH = 254;

  private MailAddress() {}

  /** An address of the definition. */
  static InternetAddress configured(String text, String field, String who)
      throws CallFailedException {
    try {
      return parse(text);
    } catch (AddressException e) {
      throw new CallFailedException(
          ErrorType.CONFIGURATION, "%s: its '%s' is no mail address".formatted(who, field));
    }
  }

  /**
   * @throws AddressException if it is anything else, also if it is several; its message is not for
   *     others, since it quotes the text
   */
  static InternetAddress parse(String text) throws AddressException {
    if (HeaderText.breaksOut(text) || text.length() > HeaderText.MAX_LENGTH) {
      throw new AddressException("no single line of " + text.length() + " characters");
    }
    String written = text.strip();
    int bracket = written.lastIndexOf('<');
    if (bracket < 0 || !written.endsWith(">")) {
      return new InternetAddress(plain(written), true);
    }
    String address = plain(written.substring(bracket + 1, written.length() - 1));
    String owner = owner(written.substring(0, bracket).strip());
    try {
      return owner.isEmpty()
          ? new InternetAddress(address, true)
          : new InternetAddress(address, owner, StandardCharsets.UTF_8.name());
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException("every Java platform has UTF-8", e);
    }
  }

  /**
   * As people write their names, with commas and dots; what looks like a second address is none.
   */
  private static String owner(String written) throws AddressException {
    boolean quoted = written.length() > 1 && written.startsWith("\"") && written.endsWith("\"");
    String owner =
        quoted
            ? ESCAPED.matcher(written.substring(1, written.length() - 1)).replaceAll("$1")
            : written;
    String decoded;
    try {
      decoded = MimeUtility.decodeText(owner);
    } catch (UnsupportedEncodingException e) {
      throw new AddressException("a name in an unknown encoding");
    }
    // Decoded by now: what was one line may have become two.
    if (HeaderText.breaksOut(decoded) || NO_NAME.matcher(decoded).find()) {
      throw new AddressException("no name before the address");
    }
    return decoded;
  }

  static String domain(InternetAddress address) {
    return address.getAddress().substring(address.getAddress().lastIndexOf('@') + 1);
  }

  private static String plain(String address) throws AddressException {
    int at = address.lastIndexOf('@');
    String local = address.substring(0, Math.max(at, 0));
    String domain;
    try {
      domain = IDN.toASCII(address.substring(at + 1));
    } catch (IllegalArgumentException e) {
      throw new AddressException("no domain");
    }
    String plain = local + "@" + domain;
    if (local.length() > MAX_LOCAL_LENGTH
        || plain.length() > MAX_LENGTH
        || !LOCAL.matcher(local).matches()
        || !DOMAIN.matcher(domain).matches()) {
      throw new AddressException("not of the form name@domain");
    }
    return plain;
  }
}
