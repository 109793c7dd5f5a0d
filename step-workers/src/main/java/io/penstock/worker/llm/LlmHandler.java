package io.penstock.worker.llm;

import dev.langchain4j.data.message.ChatMessage;
import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Model;
import io.penstock.schema.definition.Prompt;
import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.Hash;
import io.penstock.schema.message.StepKind;
import io.penstock.worker.call.CallFailedException;
import io.penstock.worker.call.Callee;
import io.penstock.worker.call.LimitedHttp;
import io.penstock.worker.call.SecretLookup;
import io.penstock.worker.runtime.Attempt;
import io.penstock.worker.runtime.AttemptResult;
import io.penstock.worker.runtime.StepHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks a model. With an output schema: an answer that does not fit is sent back once, with what is
 * wrong; if the second does not fit either the step has failed ({@code validation}). Both calls are
 * within the attempt's timeout and in its usage, and count each for the model's limits. A second
 * call that is put off puts the whole attempt off: the first is made again.
 */
@ApplicationScoped
public class LlmHandler implements StepHandler {
  private final LimitedHttp http;
  private final SecretLookup secrets;
  private final Clock clock;
  private final ChatModels models = new ChatModels();

  @Inject
  public LlmHandler(LimitedHttp http, SecretLookup secrets) {
    this(http, secrets, Clock.systemUTC());
  }

  LlmHandler(LimitedHttp http, SecretLookup secrets, Clock clock) {
    this.http = http;
    this.secrets = secrets;
    this.clock = clock;
  }

  @Override
  public StepKind kind() {
    return StepKind.LLM;
  }

  @Override
  public AttemptResult attempt(Attempt attempt) {
    Action.Llm action = (Action.Llm) attempt.action();
    Optional<Prompt> prompt = attempt.definitions().resolve(Prompt.class, action.prompt());
    if (prompt.isEmpty()) {
      return AttemptResult.failed(
          ErrorType.CONFIGURATION, "there is no Prompt '" + action.prompt() + "'");
    }
    String modelName = action.model().orElse(prompt.get().model());
    Optional<Model> model = attempt.definitions().find(Model.class, modelName);
    if (model.isEmpty()) {
      return AttemptResult.failed(ErrorType.CONFIGURATION, "there is no Model '" + modelName + "'");
    }
    return ask(attempt, action, prompt.get(), model.get());
  }

  private AttemptResult ask(Attempt attempt, Action.Llm action, Prompt prompt, Model model) {
    String who = "Model '%s' with Prompt '%s'".formatted(model.name(), prompt.key());
    Optional<String> apiKey;
    try {
      apiKey = apiKey(model, who);
    } catch (CallFailedException e) {
      return e.result();
    }
    ModelConnection connection =
        new ModelConnection(
            http,
            clock,
            Callee.of(model),
            attempt.ticket(),
            who,
            model.allowPrivateAddresses(),
            apiKey,
            attempt.timeout().orElse(model.timeout()));
    AttemptResult result;
    try {
      Chat chat = new Chat(connection, models.of(model, prompt), who);
      List<ChatMessage> question =
          Question.of(prompt, action.variables().render(attempt.variables()));
      result =
          AttemptResult.succeeded(
              answer(chat, question, prompt, attempt.id().idempotencyKey(), who));
    } catch (ExpressionException e) {
      result = AttemptResult.failed(ErrorType.EXPRESSION, who + ": " + e.getMessage());
    } catch (CallFailedException e) {
      result = e.result();
    }
    return connection.tokens().usage(model).map(result::with).orElse(result);
  }

  private Optional<String> apiKey(Model model, String who) throws CallFailedException {
    return model.apiKey().isPresent()
        ? Optional.of(secrets.require(model.apiKey().get(), who))
        : Optional.empty();
  }

  private static Json answer(
      Chat chat, List<ChatMessage> question, Prompt prompt, String key, String who)
      throws CallFailedException {
    String first = chat.ask(question, key);
    if (prompt.output().isEmpty()) {
      return Json.of(Map.of("text", first));
    }
    AnswerCheck check = new AnswerCheck(prompt.output().get());
    return switch (check.check(first)) {
      case AnswerCheck.Fits fits -> fits.answer();
      case AnswerCheck.Unfit unfit -> {
        String second =
            chat.ask(Question.repair(question, first, unfit.problems()), Hash.of(key, "repair"));
        yield switch (check.check(second)) {
          case AnswerCheck.Fits fits -> fits.answer();
          case AnswerCheck.Unfit still ->
              throw new CallFailedException(
                  ErrorType.VALIDATION,
                  "%s: the answer does not fit the schema, nor does its repair (%s)"
                      .formatted(who, String.join("; ", still.problems())));
        };
      }
    };
  }
}
