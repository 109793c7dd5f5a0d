package io.penstock.worker.llm;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.penstock.schema.definition.Model;
import io.penstock.schema.definition.Prompt;
import io.penstock.schema.json.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * langchain4j's models, one for each combination of definitions in use. Building one looks through
 * the whole class path, twice, which took a third of an attempt's CPU time; so they are kept. A
 * changed definition is another combination, and in force at once.
 *
 * <p>What belongs to a single attempt (API key, deadline, headers, what became of it) is in its
 * {@link ModelConnection}, which the calling thread carries to {@link CurrentConnection}.
 */
final class ChatModels {
  /** Former versions fall out; far more than are in use at a time. */
  private static final int MOST_KEPT = 256;

  private final Map<Combination, Chats> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Combination, Chats> eldest) {
          return size() > MOST_KEPT;
        }
      };

  private record Combination(Model model, Prompt prompt) {}

  /** A model with the form that its answers must have. */
  record Chats(ChatModel model, Optional<ResponseFormat> format) {}

  Chats of(Model model, Prompt prompt) {
    Combination combination = new Combination(model, prompt);
    synchronized (kept) {
      return kept.computeIfAbsent(combination, ChatModels::build);
    }
  }

  private static Chats build(Combination combination) {
    Prompt prompt = combination.prompt();
    OpenAiChatModel.OpenAiChatModelBuilder model =
        OpenAiChatModel.builder()
            .httpClientBuilder(new CurrentConnection())
            .baseUrl(combination.model().baseUrl().toString())
            .modelName(combination.model().model())
            .strictJsonSchema(
                prompt.output().map(schema -> StrictSchema.fits(schema.value())).orElse(false))
            // Retries are the orchestrator's: durable, visible, counted.
            .maxRetries(0);
    prompt.temperature().ifPresent(model::temperature);
    prompt.maxOutputTokens().ifPresent(model::maxCompletionTokens);
    return new Chats(model.build(), prompt.output().map(schema -> format(prompt.name(), schema)));
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

  /** Times are ours: the whole attempt has one. */
  private static final class CurrentConnection implements HttpClientBuilder, HttpClient {
    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
      return ModelConnection.current().execute(request);
    }

    @Override
    public void execute(
        HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
      throw new UnsupportedOperationException("steps do not stream");
    }

    @Override
    public Duration connectTimeout() {
      return null;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration ignored) {
      return this;
    }

    @Override
    public Duration readTimeout() {
      return null;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration ignored) {
      return this;
    }

    @Override
    public HttpClient build() {
      return this;
    }
  }
}
