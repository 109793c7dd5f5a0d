package io.penstock.worker.llm;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import io.penstock.schema.message.ErrorType;
import io.penstock.worker.call.CallFailedException;
import java.util.List;

/** The conversation of one attempt with one model. */
final class Chat {
  private final ModelConnection connection;
  private final ChatModels.Chats chats;
  private final String who;

  Chat(ModelConnection connection, ChatModels.Chats chats, String who) {
    this.connection = connection;
    this.chats = chats;
    this.who = who;
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
    chats.format().ifPresent(request::responseFormat);
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
      return connection.during(idempotencyKey, () -> chats.model().chat(request));
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
}
