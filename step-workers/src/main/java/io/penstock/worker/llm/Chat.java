package io.penstock.worker.llm;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.output.FinishReason;
import io.penstock.schema.definition.Model;
import io.penstock.schema.definition.Prompt;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ErrorType;
import io.penstock.worker.call.CallFailedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The conversation of one attempt with one model.
 *
 * <p>The langchain4j model is made for each call: it is a few objects (connections belong to {@link
 * io.penstock.worker.call.OutboundHttp}), so a changed definition or a rotated key is in force at
 * once, and headers and deadline are those of the attempt.
 */
final class Chat {
  private final ModelConnection connection;
  private final OpenAiChatModel.OpenAiChatModelBuilder model;
  private final Optional<ResponseFormat> format;
  private final String who;

  Chat(
      ModelConnection connection, Model model, Prompt prompt, Optional<String> apiKey, String who) {
    this.connection = connection;
    this.who = who;
    this.format = prompt.output().map(schema -> format(prompt.name(), schema));
    this.model =
        OpenAiChatModel.builder()
            .httpClientBuilder(connection.builder())
            .baseUrl(model.baseUrl().toString())
            .modelName(model.model())
            .strictJsonSchema(
                prompt.output().map(schema -> StrictSchema.fits(schema.value())).orElse(false))
            // Retries are the orchestrator's: durable, visible, counted.
            .maxRetries(0);
    apiKey.ifPresent(this.model::apiKey);
    prompt.temperature().ifPresent(this.model::temperature);
    prompt.maxOutputTokens().ifPresent(this.model::maxCompletionTokens);
  }

  /**
   * One call.
   *
   * @param idempotencyKey of this request: another question needs another, or the other side may
   *     answer it with what it has answered before
   * @return what the model answered
   * @throws CallFailedException also when the answer is cut ({@code tooLarge}: the same request
   *     would be cut again) or refused ({@code blocked})
   */
  String ask(List<ChatMessage> messages, String idempotencyKey) throws CallFailedException {
    ChatRequest.Builder request = ChatRequest.builder().messages(messages);
    format.ifPresent(request::responseFormat);
    ChatResponse response = chat(request.build(), idempotencyKey);
    FinishReason reason = response.finishReason();
    if (reason == FinishReason.LENGTH) {
      throw new CallFailedException(
          ErrorType.TOO_LARGE,
          who + ": the answer was cut at the model's limit; raise maxOutputTokens or ask for less");
    }
    if (reason == FinishReason.CONTENT_FILTER) {
      throw refused();
    }
    String text = response.aiMessage().text();
    return text == null ? "" : text;
  }

  private ChatResponse chat(ChatRequest request, String idempotencyKey) throws CallFailedException {
    try {
      return model.customHeaders(Map.of("Idempotency-Key", idempotencyKey)).build().chat(request);
    } catch (ContentFilteredException e) {
      throw refused();
    } catch (RuntimeException e) { // langchain4j's own, or Jackson's on an answer of odd shape
      // Our connection's own word first: on the way here langchain4j has dropped most of it.
      throw connection
          .failure()
          .orElseGet(
              () ->
                  new CallFailedException(
                      ErrorType.RUNTIME,
                      "%s: the model's answer is not one of an OpenAI-compatible chat API (%s)"
                          .formatted(who, e.getClass().getSimpleName())));
    }
  }

  private CallFailedException refused() {
    return new CallFailedException(ErrorType.BLOCKED, who + ": the model refused to answer");
  }

  private static ResponseFormat format(String promptName, Json schema) {
    return ResponseFormat.builder()
        .type(ResponseFormatType.JSON)
        .jsonSchema(
            JsonSchema.builder()
                .name(promptName)
                .rootElement(JsonRawSchema.from(schema.toString()))
                .build())
        .build();
  }
}
