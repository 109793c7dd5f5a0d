package io.penstock.worker.notify;

import io.penstock.schema.message.ErrorType;
import io.penstock.worker.call.CallFailedException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
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

  private static final int MAX_LOCAL_LENGTH = 64;
  private static final int MAX_LENGTH = 254;

  /** Of an address with the name of its owner. */
  private static final int MAX_WRITTEN_LENGTH = 998;

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
    if (HeaderText.breaksOut(text) || text.length() > MAX_WRITTEN_LENGTH) {
      throw new AddressException("no single line of " + text.length() + " characters");
    }
    InternetAddress[] parsed = InternetAddress.parse(text, true);
    // The library takes what follows the brackets for the name, where none stands before them.
    boolean trailing = text.contains("<") && !text.strip().endsWith(">");
    if (parsed.length != 1 || parsed[0].isGroup() || trailing) {
      throw new AddressException("not one address");
    }
    parsed[0].validate();
    String address = plain(parsed[0].getAddress());
    // Decoded by now: what was one line may have become two.
    String owner = parsed[0].getPersonal();
    if (owner != null && HeaderText.breaksOut(owner)) {
      throw new AddressException("a name of several lines");
    }
    try {
      return new InternetAddress(address, owner, StandardCharsets.UTF_8.name());
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException("every Java platform has UTF-8", e);
    }
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
