package io.penstock.console.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a dry run says of a patch. */
class PatchTest {
  private static final Json LETTER =
      Json.of(Map.of("input", Map.of("email", "a@b.c", "tags", List.of("x", "y"))));

  @Test
  void an_operation_finds_what_those_before_it_have_left() {
    Patch patch =
        patch(
            Map.of("op", "copy", "path", "/input/old", "from", "/input/email"),
            Map.of("op", "replace", "path", "/input/email", "value", "x@y.z"),
            Map.of("op", "test", "path", "/input/old", "value", "a@b.c"),
            Map.of("op", "remove", "path", "/input/old"),
            Map.of("op", "add", "path", "/input/tags/-", "value", "z"),
            Map.of("op", "remove", "path", "/input/tags/0"));

    assertThat(patch.against(LETTER))
        .containsExactly(
            change("copy", "/input/old", null, "a@b.c"),
            change("replace", "/input/email", "a@b.c", "x@y.z"),
            change("test", "/input/old", "a@b.c", "a@b.c"),
            change("remove", "/input/old", "a@b.c", null),
            change("add", "/input/tags/-", null, "z"),
            change("remove", "/input/tags/0", "x", "y"));
    assertThat(patch.refusal(LETTER)).isEmpty();
  }

  @Test
  void one_that_does_not_apply_says_why_and_those_behind_it_are_not_tried() {
    Patch patch =
        patch(
            Map.of("op", "remove", "path", "/input/email"),
            Map.of("op", "replace", "path", "/input/email", "value", "x@y.z"),
            Map.of("op", "add", "path", "/input/more", "value", 1));

    List<Patch.Change> changes = patch.against(LETTER);

    assertThat(changes).hasSize(2);
    assertThat(changes.getFirst()).isEqualTo(change("remove", "/input/email", "a@b.c", null));
    assertThat(changes.getLast().before()).isEmpty();
    assertThat(changes.getLast().why())
        .isEqualTo(patch.refusal(LETTER))
        .get()
        .asString()
        .startsWith("operation 1 (replace /input/email): ");
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void any_document_has_an_answer(Object document) {
    Patch patch =
        patch(
            Map.of("op", "remove", "path", "/a/0/b~1c/999999999"),
            Map.of("op", "copy", "path", "", "from", "/x"));

    assertThat(patch.against(Json.of(document))).hasSize(1);
    assertThat(patch.refusal(Json.of(document))).isPresent();
  }

  static Stream<Object> hostile() {
    return Stream.of(1L, "text", List.of(), Map.of("a", List.of(Map.of("b/c", List.of()))));
  }

  private static Patch patch(Map<?, ?>... operations) {
    return Patch.of(Json.of(List.of(operations)));
  }

  private static Patch.Change change(String op, String path, Object before, Object after) {
    return new Patch.Change(
        op, path, Optional.ofNullable(before), Optional.ofNullable(after), Optional.empty());
  }
}
