package io.penstock.worker.llm;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import io.penstock.schema.definition.Prompt;
import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.expression.Template;
import io.penstock.schema.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a model is shown: role, examples, question. */
final class Question {
  private Question() {}

  /**
   * @param variables what the prompt's templates see as {@code vars}
   */
  static List<ChatMessage> of(Prompt prompt, Object variables) throws ExpressionException {
    Map<String, Object> context = Map.of("vars", variables == null ? Map.of() : variables);
    List<ChatMessage> messages = new ArrayList<>();
    if (prompt.system().isPresent()) {
      messages.add(SystemMessage.from(text(prompt.system().get(), context)));
    }
    for (Prompt.Example example : prompt.examples()) {
      messages.add(UserMessage.from(example.user()));
      messages.add(AiMessage.from(example.assistant()));
    }
    messages.add(UserMessage.from(text(prompt.user(), context)));
    return messages;
  }

  /** The same conversation, with the answer that did not fit and why. */
  static List<ChatMessage> repair(
      List<ChatMessage> question, String answer, List<String> problems) {
    List<ChatMessage> messages = new ArrayList<>(question);
    messages.add(AiMessage.from(answer.isBlank() ? "(nothing)" : answer));
    messages.add(
        UserMessage.from(
            """
            That answer cannot be used:
            - %s
            Answer the question again, with nothing but JSON that fits the schema."""
                .formatted(String.join("\n- ", problems))));
    return messages;
  }

  private static String text(Template template, Map<String, Object> context)
      throws ExpressionException {
    Object rendered = template.render(context);
    return rendered instanceof String text ? text : Json.of(rendered).toString();
  }
}
