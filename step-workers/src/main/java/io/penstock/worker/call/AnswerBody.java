package io.penstock.worker.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ErrorType;
import java.util.Map;

/** A successful answer as a step's output. */
final class AnswerBody {
  private AnswerBody() {}

  /**
   * @return the JSON itself; null for an empty body; {@code {"text":…}} for anything else
   * @throws CallFailedException {@code runtime} if it says JSON and is none
   */
  static Json output(HttpAnswer answer, String who) throws CallFailedException {
    if (answer.body().length == 0) {
      return Json.NULL;
    }
    if (!answer.saysJson()) {
      return Json.of(Map.of("text", answer.text()));
    }
    try {
      return Json.parse(answer.body());
    } catch (JsonProcessingException e) {
      throw new CallFailedException(
          ErrorType.RUNTIME,
          "%s: answered %d with a body that says JSON and is none".formatted(who, answer.status()));
    }
  }
}
