package io.penstock.worker.call;

import io.penstock.schema.message.ErrorType;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Keeps steps from reaching into the network that the workers stand in: definitions come from
 * users, and the clouds' metadata services hand out credentials to whoever asks from inside.
 *
 * <p>The name is resolved once, here, and the call goes to an address that was checked: a name
 * server that answers differently the next time changes nothing.
 */
final class AddressGuard {
  private static final List<Range> REFUSED =
      List.of(
          new Range("0.0.0.0", 8, "'this network'"),
          new Range("10.0.0.0", 8, "a private"),
          new Range("100.64.0.0", 10, "a carrier's private"),
          new Range("127.0.0.0", 8, "a loopback"),
          // Azure's, from where its machines get their settings; looks like any public address.
          new Range("168.63.129.16", 32, "a cloud platform's"),
          new Range("169.254.0.0", 16, "a link-local"),
          new Range("172.16.0.0", 12, "a private"),
          new Range("192.0.0.0", 24, "a protocol"),
          new Range("192.0.2.0", 24, "a documentation"),
          new Range("192.31.196.0", 24, "a name server's"),
          new Range("192.52.193.0", 24, "a relay"),
          new Range("192.88.99.0", 24, "a relay"),
          new Range("192.168.0.0", 16, "a private"),
          new Range("192.175.48.0", 24, "a name server's"),
          new Range("198.18.0.0", 15, "a benchmarking"),
          new Range("198.51.100.0", 24, "a documentation"),
          new Range("203.0.113.0", 24, "a documentation"),
          new Range("224.0.0.0", 4, "a multicast"),
          new Range("240.0.0.0", 4, "a reserved"),
          new Range("::", 128, "the unspecified"),
          new Range("::1", 128, "a loopback"),
          new Range("::ffff:0:0:0", 96, "a translated"),
          new Range("64:ff9b:1::", 48, "a translated"),
          new Range("100::", 64, "a discard"),
          new Range("100:0:0:1::", 64, "a dummy"),
          new Range("2001::", 32, "a tunnel"),
          new Range("2001::", 23, "a protocol"),
          new Range("2001:db8::", 32, "a documentation"),
          new Range("3fff::", 20, "a documentation"),
          new Range("2620:4f:8000::", 48, "a name server's"),
          new Range("5f00::", 16, "a segment-routing"),
          new Range("fc00::", 7, "a private"),
          new Range("fe80::", 10, "a link-local"),
          new Range("fec0::", 10, "a site-local"),
          new Range("ff00::", 8, "a multicast"));

  private static final int IPV4_BYTES = 4;

  /** As a literal it would become the IPv4 address; what a name server says does not. */
  private static final byte[] MAPPED = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff, 0, 0, 0, 0
  };

  /** IPv6 prefixes, each with the place at which it carries an IPv4 address. */
  private static final List<Embedding> EMBEDDINGS =
      List.of(
          new Embedding(new Range("::", 96, "an IPv4-compatible"), 12),
          new Embedding(new Range(MAPPED, 96, "an IPv4-mapped"), 12),
          new Embedding(new Range("64:ff9b::", 96, "a translated"), 12),
          new Embedding(new Range("2002::", 16, "a 6to4"), 2));

  private final Names names;

  AddressGuard(Names names) {
    this.names = names;
  }

  /** Asks for a name's addresses. */
  @FunctionalInterface
  interface Names {
    /**
     * @return at least one, the preferred first
     */
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  /**
   * @param host as in a URL; null if it has none that can be read
   * @param who what is called, for the message
   * @return the address to connect to
   * @throws CallFailedException {@code blocked} if any of the host's addresses may not be called,
   *     {@code communication} if the name is unknown, {@code configuration} if there is none
   */
  InetAddress checked(String host, boolean allowPrivateAddresses, String who)
      throws CallFailedException {
    if (host == null) {
      throw new CallFailedException(
          ErrorType.CONFIGURATION, who + ": the address has no host that can be called");
    }
    InetAddress[] addresses;
    try {
      addresses = names.resolve(unbracketed(host));
    } catch (UnknownHostException e) {
      throw new CallFailedException(
          ErrorType.COMMUNICATION, who + ": host '" + host + "' is not known");
    }
    if (allowPrivateAddresses) {
      return addresses[0];
    }
    for (InetAddress address : addresses) {
      Optional<String> refusal = refusal(address);
      if (refusal.isPresent()) {
        throw new CallFailedException(
            ErrorType.BLOCKED,
            "%s: host '%s' is %s address; write allowPrivateAddresses: true if that is intended"
                .formatted(who, host, refusal.get()));
      }
    }
    return addresses[0];
  }

  /** What kind of address it is, if it may not be called; empty for a public one. */
  static Optional<String> refusal(InetAddress address) {
    byte[] bytes = address.getAddress();
    for (Range range : REFUSED) {
      if (range.contains(bytes)) {
        return Optional.of(range.kind());
      }
    }
    if (address instanceof Inet6Address) {
      for (Embedding embedding : EMBEDDINGS) {
        if (embedding.prefix().contains(bytes)) {
          return refusal(embedding.ipv4(bytes))
              .map(kind -> kind + " (inside " + embedding.prefix().kind() + ")");
        }
      }
    }
    return Optional.empty();
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static InetAddress literal(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("'" + address + "' is a literal", e);
    }
  }

  private static final class Range {
    private final byte[] prefix;
    private final int bits;
    private final String kind;

    Range(String prefix, int bits, String kind) {
      this(literal(prefix).getAddress(), bits, kind);
    }

    Range(byte[] prefix, int bits, String kind) {
      this.prefix = prefix;
      this.bits = bits;
      this.kind = kind;
    }

    String kind() {
      return kind;
    }

    boolean contains(byte[] address) {
      if (address.length != prefix.length) {
        return false;
      }
      int whole = bits / Byte.SIZE;
      if (!Arrays.equals(address, 0, whole, prefix, 0, whole)) {
        return false;
      }
      int rest = bits % Byte.SIZE;
      int mask = 0xff << (Byte.SIZE - rest);
      return rest == 0 || (address[whole] & mask) == (prefix[whole] & mask);
    }
  }

  private record Embedding(Range prefix, int at) {
    Inet4Address ipv4(byte[] address) {
      try {
        return (Inet4Address)
            InetAddress.getByAddress(Arrays.copyOfRange(address, at, at + IPV4_BYTES));
      } catch (UnknownHostException e) {
        throw new IllegalStateException("four bytes are an IPv4 address", e);
      }
    }
  }
}
