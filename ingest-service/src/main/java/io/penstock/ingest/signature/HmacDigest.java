package io.penstock.ingest.signature;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The keyed digests that senders use. SHA-1 is here because some know no other. */
enum HmacDigest {
  SHA1("sha1", "HmacSHA1"),
  SHA256("sha256", "HmacSHA256"),
  SHA512("sha512", "HmacSHA512");

  private final String id;
  private final String algorithm;

  HmacDigest(String id, String algorithm) {
    this.id = id;
    this.algorithm = algorithm;
  }

  /** By its name in a definition. */
  static Optional<HmacDigest> named(String id) {
    for (HmacDigest digest : values()) {
      if (digest.id.equals(id)) {
        return Optional.of(digest);
      }
    }
    return Optional.empty();
  }

  /**
   * @param key not empty
   */
  byte[] of(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
