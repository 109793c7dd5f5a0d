package io.penstock.worker.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.StepError;
import io.penstock.worker.call.HttpAnswer;
import io.penstock.worker.call.StatusMapping;

/** What an OpenAI-compatible provider's error means for a step. */
final class ProviderError {
  private ProviderError() {}

  /** By the error's own code where that says more than the status. */
  static StepError of(HttpAnswer answer, String who) {
    String code = code(answer);
    String message = "%s: answered %d".formatted(who, answer.status());
    return switch (code) {
      // Comes with 429, but no waiting refills an account.
      case "insufficient_quota" ->
          StepError.of(ErrorType.QUOTA, message + ": the account's quota is used up");
      case "context_length_exceeded" ->
          StepError.of(ErrorType.TOO_LARGE, message + ": the question is longer than it can read");
      case "content_filter", "content_policy_violation" ->
          StepError.of(ErrorType.BLOCKED, message + ": refused by the provider's content filter");
      default -> StatusMapping.error(answer.status(), who);
    };
  }

  /** Whether waiting changes nothing: it is about the account or the question, not the server. */
  static boolean isFinal(HttpAnswer answer, String who) {
    return !answer.isSuccess() && !of(answer, who).retriable();
  }

  private static String code(HttpAnswer answer) {
    try {
      Json body = Json.parse(answer.body());
      Object code = body.at("error", "code");
      Object type = body.at("error", "type");
      if ("insufficient_quota".equals(type)) {
        return "insufficient_quota";
      }
      return code instanceof String text ? text : "";
    } catch (JsonProcessingException e) {
      return "";
    }
  }
}
