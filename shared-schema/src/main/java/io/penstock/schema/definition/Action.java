package io.penstock.schema.definition;

import io.penstock.schema.expression.Expression;
import io.penstock.schema.expression.Reference;
import io.penstock.schema.expression.Template;
import io.penstock.schema.message.StepKind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a step does. */
public sealed interface Action {

  /** The kind of worker that executes it. */
  StepKind kind();

  /** What its expressions read: what a command must carry. */
  Set<Reference> references();

  /** Asks an API for something; its answer is the output. */
  record Enrich(String api, HttpRequest request) implements Action {
    @Override
    public StepKind kind() {
      return StepKind.ENRICH;
    }

    @Override
    public Set<Reference> references() {
      return request.references();
    }
  }

  /**
   * Asks a model; the answer, checked against the prompt's schema, is the output.
   *
   * @param prompt {@code name} (its latest version) or {@code name@version}
   * @param variables what the prompt's templates see
   * @param model name of a {@code Model}; absent: the prompt's
   * @param complexity 1 to 5; with a budget it will choose the model
   */
  record Llm(
      String prompt, Template variables, Optional<String> model, Optional<Integer> complexity)
      implements Action {
    @Override
    public StepKind kind() {
      return StepKind.LLM;
    }

    @Override
    public Set<Reference> references() {
      return variables.references();
    }
  }

  /** Goes on with the steps of the first branch whose condition holds. */
  record Route(List<Branch> branches) implements Action {
    public Route {
      branches = List.copyOf(branches);
    }

    @Override
    public StepKind kind() {
      return StepKind.ROUTE;
    }

    @Override
    public Set<Reference> references() {
      Set<Reference> all = new LinkedHashSet<>();
      branches.forEach(branch -> branch.when().ifPresent(when -> all.addAll(when.references())));
      return all;
    }
  }

  /**
   * @param name shown in history and in the route's output; by default the index, or {@code
   *     otherwise}
   * @param when absent: {@code otherwise}, the last branch
   */
  record Branch(String name, Optional<Expression> when, List<Step> steps) {
    public Branch {
      steps = List.copyOf(steps);
    }
  }

  /** Tells an API something. */
  record NotifyApi(String api, HttpRequest request) implements Action {
    @Override
    public StepKind kind() {
      return StepKind.NOTIFY;
    }

    @Override
    public Set<Reference> references() {
      return request.references();
    }
  }

  /** Tells people something through a {@code Channel}. */
  record NotifyChannel(String channel, Template text) implements Action {
    @Override
    public StepKind kind() {
      return StepKind.NOTIFY;
    }

    @Override
    public Set<Reference> references() {
      return text.references();
    }
  }

  /**
   * @param path appended to the Api's base URL; a value put in by an expression is percent-encoded
   * @param query values that render to null are left out
   * @param body rendered and sent as JSON
   */
  record HttpRequest(
      String method,
      Template path,
      Optional<Template> query,
      Optional<Template> headers,
      Optional<Template> body) {

    Set<Reference> references() {
      Set<Reference> all = new LinkedHashSet<>(path.references());
      query.ifPresent(part -> all.addAll(part.references()));
      headers.ifPresent(part -> all.addAll(part.references()));
      body.ifPresent(part -> all.addAll(part.references()));
      return all;
    }
  }
}
