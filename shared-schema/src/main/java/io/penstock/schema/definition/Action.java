package io.penstock.schema.definition;

import io.penstock.schema.expression.Expression;
import io.penstock.schema.expression.Reference;
import io.penstock.schema.expression.Template;
import io.penstock.schema.message.StepKind;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a step does. */
public sealed interface Action {

  /** What its own expressions read, those of steps inside it left out. */
  Set<Reference> references();

  /** The sequences of steps inside, in the order of the definition. */
  default List<List<Step>> inside() {
    return List.of();
  }

  /** What a worker does; its {@link #references} are what a command must carry. */
  sealed interface Work extends Action {
    /** The kind of worker that executes it. */
    StepKind kind();
  }

  /** Asks an API for something; its answer is the output. */
  record Enrich(String api, HttpRequest request) implements Work {
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
      implements Work {
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
  record Route(List<Branch> branches) implements Work {
    public Route {
      branches = List.copyOf(branches);
    }

    @Override
    public StepKind kind() {
      return StepKind.ROUTE;
    }

    @Override
    public List<List<Step>> inside() {
      return branches.stream().map(Branch::steps).toList();
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
  record NotifyApi(String api, HttpRequest request) implements Work {
    @Override
    public StepKind kind() {
      return StepKind.NOTIFY;
    }

    @Override
    public Set<Reference> references() {
      return request.references();
    }
  }

  /**
   * Tells people something through a {@code Channel}.
   *
   * @param mail what a mail needs besides; absent for other channels
   */
  record NotifyChannel(String channel, Template text, Optional<Mail> mail) implements Work {
    public NotifyChannel(String channel, Template text) {
      this(channel, text, Optional.empty());
    }

    @Override
    public StepKind kind() {
      return StepKind.NOTIFY;
    }

    @Override
    public Set<Reference> references() {
      Set<Reference> all = new LinkedHashSet<>(text.references());
      mail.ifPresent(letter -> all.addAll(letter.references()));
      return all;
    }
  }

  /**
   * Goes through several branches at the same time.
   *
   * @param branches at least two; each is a slot of its name
   * @param needed how many of them must end well before the steps behind go on: 1 to all
   * @param losers what becomes of the others then
   */
  record Parallel(List<ParallelBranch> branches, int needed, Losers losers) implements Action {
    public Parallel {
      branches = List.copyOf(branches);
    }

    /** The branch in a slot. */
    public Optional<ParallelBranch> branch(String name) {
      return branches.stream().filter(branch -> branch.name().equals(name)).findFirst();
    }

    @Override
    public List<List<Step>> inside() {
      return branches.stream().map(ParallelBranch::steps).toList();
    }

    @Override
    public Set<Reference> references() {
      return Set.of();
    }
  }

  /**
   * @param name unique in its step; the member of the step's output that holds what its last step
   *     gave
   * @param steps at least one
   */
  record ParallelBranch(String name, List<Step> steps) {
    public ParallelBranch {
      steps = List.copyOf(steps);
    }
  }

  /** What becomes of branches that nobody waits for any more. */
  enum Losers {
    /** What they have not finished is dropped. The default. */
    CANCEL,
    /** They go on to their end, and the execution ends after them. */
    FINISH
  }

  /**
   * Goes through the same steps once for each item of a list, or once for each chunk of it; each
   * such round is a slot of its number, from 0.
   *
   * @param items must give a list
   * @param as what the steps inside call the item of their round; a list of items with {@code
   *     chunk}
   * @param concurrency how many rounds are at work at a time
   * @param chunk the most items of one round; absent: a single one, and no list around it
   * @param tolerate the share of rounds that may fail, 0 to 1; absent: the first that fails ends
   *     the step
   * @param steps at least one
   */
  record Foreach(
      Expression items,
      String as,
      int concurrency,
      Optional<Integer> chunk,
      Optional<Double> tolerate,
      List<Step> steps)
      implements Action {
    public Foreach {
      steps = List.copyOf(steps);
    }

    /** How many rounds so many items take. */
    public int rounds(int items) {
      return Math.ceilDiv(items, chunk.orElse(1));
    }

    /** How many of so many rounds may fail without failing the step; none without a tolerance. */
    public int mayFail(int rounds) {
      return tolerate
          // In decimal, as it is written: 0.29 times 100 is 28.999… in binary.
          .map(share -> BigDecimal.valueOf(share).multiply(BigDecimal.valueOf(rounds)).intValue())
          .orElse(0);
    }

    @Override
    public List<List<Step>> inside() {
      return List.of(steps);
    }

    @Override
    public Set<Reference> references() {
      return items.references();
    }
  }

  /**
   * @param to one address, or a list of them
   * @param html an alternative to the text, for those who can show it
   * @param headers more of them, by name; values that render to null are left out
   */
  record Mail(Template to, Template subject, Optional<Template> html, Optional<Template> headers) {
    public static final int MAX_RECIPIENTS = 50;

    Set<Reference> references() {
      Set<Reference> all = new LinkedHashSet<>(to.references());
      all.addAll(subject.references());
      html.ifPresent(part -> all.addAll(part.references()));
      headers.ifPresent(part -> all.addAll(part.references()));
      return all;
    }
  }

  /**
   * Lets time pass.
   *
   * @param time gives a duration as definitions write them: {@code 10m}
   */
  record Wait(Template time) implements Action {
    @Override
    public Set<Reference> references() {
      return time.references();
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
