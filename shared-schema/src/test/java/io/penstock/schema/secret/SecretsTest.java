package io.penstock.schema.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.schema.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  private static final String REFERENCE = "secret://crm-eu/api.token";

  @TempDir Path directory;

  @Test
  void the_environment_comes_first() throws Exception {
    write("from the file");
    SecretResolver secrets =
        secrets(Map.of("PENSTOCK_SECRET_CRM_EU_API_TOKEN", "from the environment"));
    assertThat(secrets.resolve(REFERENCE).reveal()).isEqualTo("from the environment");
  }

  @Test
  void a_mounted_file_is_read_without_its_last_line_end() throws Exception {
    write("line one\nline two\n");
    assertThat(secrets(Map.of()).resolve(REFERENCE).reveal()).isEqualTo("line one\nline two");
  }

  @Test
  void a_rotated_file_counts_at_once() throws Exception {
    SecretResolver secrets = secrets(Map.of());
    write("old");
    assertThat(secrets.resolve(REFERENCE).reveal()).isEqualTo("old");
    write("new");
    assertThat(secrets.resolve(REFERENCE).reveal()).isEqualTo("new");
  }

  @Test
  void links_as_kubernetes_mounts_them_are_followed() throws Exception {
    Path data = Files.createDirectories(directory.resolve("..2026_11_22"));
    Files.writeString(data.resolve("api.token"), "linked");
    Files.createSymbolicLink(directory.resolve("crm-eu"), data);
    assertThat(secrets(Map.of()).resolve(REFERENCE).reveal()).isEqualTo("linked");
  }

  @Test
  void an_unknown_secret_says_where_it_was_looked_for() {
    assertThatThrownBy(() -> secrets(Map.of()).resolve(REFERENCE))
        .isInstanceOf(UnknownSecretException.class)
        .hasMessage(
            "there is no secret %s: the environment variable PENSTOCK_SECRET_CRM_EU_API_TOKEN is not set, and there is no text in the file %s",
            REFERENCE, directory.resolve("crm-eu").resolve("api.token"));
    assertThatThrownBy(
            () -> new EnvironmentAndFileSecrets(Map.of(), Optional.empty()).resolve(REFERENCE))
        .hasMessageContaining("no directory for secrets is configured");
  }

  @Test
  void an_empty_file_is_no_secret() throws Exception {
    write("\n");
    assertThatThrownBy(() -> secrets(Map.of()).resolve(REFERENCE))
        .isInstanceOf(UnknownSecretException.class);
  }

  @Test
  void a_directory_or_a_giant_in_place_of_the_file_is_reported_as_such() throws Exception {
    Files.createDirectories(directory.resolve("crm-eu").resolve("api.token"));
    assertThatThrownBy(() -> secrets(Map.of()).resolve(REFERENCE))
        .isInstanceOf(UnknownSecretException.class)
        .hasMessageContaining("cannot read");
    Files.write(directory.resolve("crm-eu").resolve("giant"), new byte[70_000]);
    assertThatThrownBy(() -> secrets(Map.of()).resolve("secret://crm-eu/giant"))
        .hasMessageContaining("larger than 65536");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret://../passwd",
        "secret://crm/..",
        "secret://crm/../../etc/passwd",
        "secret://crm/.hidden",
        "secret://crm/a/b",
        "secret://crm/a%2fb",
        "secret://CRM/token",
        "secret://crm/",
        "secret:///etc",
        "secret://crm",
        "secret://crm/a\n",
        "secret://crm/a\0",
        "plain",
        "",
      })
  void what_is_no_reference_is_refused_without_being_shown(String text) {
    assertThat(SecretReference.parse(text)).isEmpty();
    assertThatThrownBy(() -> secrets(Map.of()).resolve(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a reference secret://name/key");
  }

  @Test
  void a_secret_shows_nothing_when_printed() {
    assertThat(new Secret("hunter2")).hasToString("***");
    assertThat(new Secret("hunter2")).isEqualTo(new Secret("hunter2"));
    assertThat(new Secret("hunter2")).isNotEqualTo(new Secret("hunter3"));
  }

  @Test
  void secrets_that_were_used_are_taken_out_of_texts() throws Exception {
    write("s3cr3t/value+x");
    Scrubber scrubber = new Scrubber();
    assertThat(scrubber.scrub("401 for s3cr3t/value+x")).isEqualTo("401 for s3cr3t/value+x");

    scrubber.watching(secrets(Map.of())).resolve(REFERENCE);

    assertThat(scrubber.scrub("401 for s3cr3t/value+x at ?k=s3cr3t%2Fvalue%2Bx"))
        .isEqualTo("401 for *** at ?k=***");
    Json echo = Json.of(Map.of("headers", java.util.List.of("Bearer s3cr3t/value+x")));
    assertThat(scrubber.scrub(echo).toString()).isEqualTo("{\"headers\":[\"Bearer ***\"]}");
    Json clean = Json.of(Map.of("a", 1L));
    assertThat(scrubber.scrub(clean)).isSameAs(clean);
  }

  @Test
  void of_secrets_that_begin_alike_nothing_is_left_over() {
    String longest = "abcdefghijklmnopqrstuvwxyz";
    Scrubber scrubber = new Scrubber();
    for (int length = 6; length <= longest.length(); length++) {
      scrubber.remember(new Secret(longest.substring(0, length)));
    }
    assertThat(scrubber.scrub(longest + " abcdef")).isEqualTo("*** ***");
  }

  @Test
  void a_value_that_is_too_short_to_be_a_secret_garbles_nothing() {
    Scrubber scrubber = new Scrubber();
    scrubber.remember(new Secret("a"));
    assertThat(scrubber.scrub("banana")).isEqualTo("banana");
  }

  private SecretResolver secrets(Map<String, String> environment) {
    return new EnvironmentAndFileSecrets(environment, Optional.of(directory));
  }

  private void write(String value) throws IOException {
    Path folder = Files.createDirectories(directory.resolve("crm-eu"));
    Files.writeString(folder.resolve("api.token"), value);
  }
}
