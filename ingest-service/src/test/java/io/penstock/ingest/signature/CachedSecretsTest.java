package io.penstock.ingest.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.schema.secret.Secret;
import io.penstock.schema.secret.UnknownSecretException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CachedSecretsTest {
  private static final String REFERENCE = "secret://crm/webhook";

  private final Map<String, String> values = new HashMap<>();
  private Instant now = Instant.EPOCH;
  private final CachedSecrets secrets =
      new CachedSecrets(
          reference -> {
            String value = values.get(reference.toString());
            if (value == null) {
              throw new UnknownSecretException("none");
            }
            return new Secret(value);
          },
          Duration.ofSeconds(30),
          () -> now);

  @Test
  void a_rotated_secret_counts_after_a_while() throws Exception {
    values.put(REFERENCE, "old");
    assertThat(secrets.find(REFERENCE).reveal()).isEqualTo("old");
    values.put(REFERENCE, "new");
    assertThat(secrets.find(REFERENCE).reveal()).isEqualTo("old");
    now = now.plusSeconds(30);
    assertThat(secrets.find(REFERENCE).reveal()).isEqualTo("new");
  }

  @Test
  void a_missing_secret_is_looked_for_again_at_once() throws Exception {
    assertThatThrownBy(() -> secrets.find(REFERENCE)).isInstanceOf(UnknownSecretException.class);
    values.put(REFERENCE, "here");
    assertThat(secrets.find(REFERENCE).reveal()).isEqualTo("here");
  }
}
