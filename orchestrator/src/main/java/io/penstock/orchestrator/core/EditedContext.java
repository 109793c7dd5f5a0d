package io.penstock.orchestrator.core;

import io.penstock.schema.json.Json;
import io.penstock.schema.json.JsonPatch;
import io.penstock.schema.json.JsonPatchException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a command carries once an operator has edited it. */
final class EditedContext {
  private EditedContext() {}

  /**
   * @throws JsonPatchException if the patch does not fit, or leaves what cannot be sent
   */
  static Json of(Json context, Json patch) throws JsonPatchException {
    Json edited = JsonPatch.of(patch).apply(context);
    if (!(edited.value() instanceof Map)) {
      throw new JsonPatchException("it leaves no object");
    }
    if (edited.sizeBytes() > Limits.CONTEXT_BYTES) {
      throw new JsonPatchException(
          "it leaves %d bytes, the limit is %d"
              .formatted(edited.sizeBytes(), Limits.CONTEXT_BYTES));
    }
    return edited;
  }

  /**
   * A further edit of what is edited already: operations behind those before.
   *
   * @throws JsonPatchException if it is no patch, or they are too many together
   */
  static Json joined(Optional<Json> before, Json patch) throws JsonPatchException {
    JsonPatch.of(patch);
    if (before.isEmpty()) {
      return patch;
    }
    List<Object> operations = new ArrayList<>((List<?>) before.get().value());
    operations.addAll((List<?>) patch.value());
    Json all = Json.of(operations);
    JsonPatch.of(all);
    return all;
  }
}
