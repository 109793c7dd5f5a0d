package io.penstock.worker.llm;

import io.penstock.schema.definition.Model;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.Usage;
import java.util.Optional;

/** Tokens of all answers of one attempt, as the provider counted them. */
final class TokenCount {
  private long input;
  private long output;
  private boolean any;

  /** Adds what an answer says; one that says nothing adds nothing. */
  void add(Json answer) {
    Object in = answer.at("usage", "prompt_tokens");
    Object out = answer.at("usage", "completion_tokens");
    if (in instanceof Long inputTokens) {
      input += inputTokens;
      any = true;
    }
    if (out instanceof Long outputTokens) {
      output += outputTokens;
      any = true;
    }
  }

  /** Empty when no answer was counted: unknown is not zero. */
  Optional<Usage> usage(Model model) {
    return any
        ? Optional.of(
            new Usage(
                model.name(),
                input,
                output,
                model.prices().map(prices -> prices.costMicroUsd(input, output))))
        : Optional.empty();
  }
}
