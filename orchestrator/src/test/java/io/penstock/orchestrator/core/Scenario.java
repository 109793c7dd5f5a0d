package io.penstock.orchestrator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.Fact;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Given what happened, when one more thing happens, then exactly these facts. */
final class Scenario {
  private Scenario() {}

  static AnExecution given(AnExecution execution) {
    return execution;
  }

  /** Started at 10:00:00 with {@link Happening#INPUT}. */
  static AnExecution anExecution(Step... steps) {
    return anExecution(Defined.workflow(steps));
  }

  static AnExecution anExecution(Workflow workflow) {
    return notStarted(workflow).after(Happening.started());
  }

  static AnExecution notStarted(Step... steps) {
    return notStarted(Defined.workflow(steps));
  }

  static AnExecution notStarted(Workflow workflow) {
    return new AnExecution(new PlayedExecution(workflow));
  }

  /** The past. Nothing is asserted about it. */
  record AnExecution(PlayedExecution execution) {
    /** Another version has been applied. */
    AnExecution knowing(Workflow other) {
      execution.knows(other);
      return this;
    }

    AnExecution after(Happening... past) {
      Arrays.stream(past).forEach(execution::happens);
      return this;
    }

    Then when(Happening happening) {
      ExpectedFact.Before before =
          new ExpectedFact.Before(
              execution.workflow(),
              execution.wakeUp(),
              happening.time().orElse(execution.now().plusSeconds(1)));
      return new Then(execution, before, execution.happens(happening));
    }
  }

  /** What came of it. */
  record Then(
      PlayedExecution execution, ExpectedFact.Before before, PlayedExecution.Transition result) {
    /** Exactly these, in this order. */
    Then then(ExpectedFact... expected) {
      List<Fact> facts = Arrays.stream(expected).flatMap(fact -> fact.after(before)).toList();
      boolean why =
          facts.stream()
              .anyMatch(fact -> fact instanceof Fact.InputIgnored it && it.why().isPresent());
      assertThat(why ? result.facts() : result.facts().stream().map(Then::withoutWhy).toList())
          .containsExactlyElementsOf(facts);
      return this;
    }

    /** What is told to people is compared where a scenario tells it. */
    private static Fact withoutWhy(Fact fact) {
      return fact instanceof Fact.InputIgnored ignored
          ? new Fact.InputIgnored(ignored.reason(), ignored.input())
          : fact;
    }

    Then status(ExecutionStatus status) {
      assertThat(result.status()).isEqualTo(status);
      return this;
    }

    Then waitsUntil(String time) {
      assertThat(execution.state().waitingUntil()).contains(Times.at(time));
      return status(ExecutionStatus.WAITING);
    }

    /** Exactly these commands, as {@code path#generation.attempt.delivery}. */
    Then sends(String... commands) {
      assertThat(commands().map(this::shown)).containsExactly(commands);
      return this;
    }

    /** One command, which carries exactly this. */
    Then sendsContext(String json) {
      assertThat(commands().map(command -> command.request().context().toString()))
          .containsExactly(json);
      return this;
    }

    /** One dead letter: {@code path#generation.attempt.delivery type}. */
    Then leavesDeadLetter(String letter) {
      assertThat(
              result.messages().stream()
                  .filter(Message.DeadCommand.class::isInstance)
                  .map(Message.DeadCommand.class::cast)
                  .map(
                      dead ->
                          shown(new Message.Command(dead.request()))
                              + " "
                              + dead.error().type().id()))
          .containsExactly(letter);
      return this;
    }

    private Stream<Message.Command> commands() {
      return result.messages().stream()
          .filter(Message.Command.class::isInstance)
          .map(Message.Command.class::cast);
    }

    private String shown(Message.Command command) {
      return command.request().id().toString().substring(execution.id().value().length() + 1);
    }
  }
}
