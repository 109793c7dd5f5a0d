package io.penstock.ingest.signature;

import io.penstock.schema.definition.Source;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An HMAC over the raw body in one header: GitHub, Shopify and many more. */
final class HmacSignature {
  private HmacSignature() {}

  static boolean accepts(
      Source.Hmac scheme, Map<String, String> headers, byte[] body, List<byte[]> keys) {
    HmacDigest digest =
        HmacDigest.named(scheme.algorithm())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "a definition with the unknown algorithm '%s' passed its checks"
                            .formatted(scheme.algorithm())));
    // Something to compare with also where the header is missing, so that all ways take as long.
    byte[] given =
        headerOf(scheme, headers).flatMap(text -> decode(scheme, text)).orElse(new byte[0]);
    boolean matched = false;
    for (byte[] key : keys) {
      matched |= MessageDigest.isEqual(digest.of(key, body), given);
    }
    return matched;
  }

  private static Optional<String> headerOf(Source.Hmac scheme, Map<String, String> headers) {
    return Optional.ofNullable(headers.get(scheme.header().toLowerCase(Locale.ROOT)))
        .filter(value -> value.startsWith(scheme.prefix()))
        .map(value -> value.substring(scheme.prefix().length()));
  }

  private static Optional<byte[]> decode(Source.Hmac scheme, String text) {
    try {
      return Optional.of(
          switch (scheme.encoding()) {
            case HEX -> HexFormat.of().parseHex(text);
            case BASE64 -> Base64.getDecoder().decode(text);
          });
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
