package io.penstock.standalone.demo;

import io.penstock.standalone.demo.ExecutionProgress.StepProgress;
import io.penstock.standalone.demo.world.Call;
import io.penstock.standalone.demo.world.Part;
import io.penstock.standalone.demo.world.ScriptedFailures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares what has become of a lead with what had to: by its execution, and by what the world saw
 * of it.
 *
 * @param scoresAreKnown whether the scripted model was asked, which scores by fixed rules
 */
record OutcomeCheck(List<Call> calls, ScriptedFailures failures, boolean scoresAreKnown) {

  /** The steps that look a lead up, and whom they ask. */
  private static final Map<String, Part> ENRICHMENTS =
      Map.of("company", Part.COMPANIES, "person", Part.CONTACTS, "news", Part.NEWS);

  /** One line for each thing that is not as it should be. */
  List<String> problems(Lead lead, ExecutionProgress progress) {
    List<String> problems = new ArrayList<>();
    if (!progress.hasCompleted()) {
      problems.add("%s: the execution is %s".formatted(lead.email(), progress.status()));
      return problems;
    }
    Optional<Route> route = expectedRoute(lead, progress, problems);
    route.ifPresent(expected -> checkRoute(lead, progress, expected, problems));
    progress.steps().forEach(step -> checkCaught(lead, step, problems));
    for (Part part : Part.values()) {
      checkCalls(lead, part, problems);
    }
    return problems;
  }

  private Optional<Route> expectedRoute(
      Lead lead, ExecutionProgress progress, List<String> problems) {
    if (progress.score().isEmpty()) {
      problems.add(lead.email() + ": there is no score");
      return Optional.empty();
    }
    double score = progress.score().get();
    if (scoresAreKnown && score != lead.expectedScore()) {
      problems.add(
          "%s: scored %s, expected %d"
              .formatted(lead.email(), LeadLine.number(score), lead.expectedScore()));
    }
    return Optional.of(Route.ofScore(score));
  }

  private void checkRoute(
      Lead lead, ExecutionProgress progress, Route expected, List<String> problems) {
    String taken = progress.route().orElse("nowhere");
    if (!taken.equals(expected.toString())) {
      problems.add("%s: went %s, expected %s".formatted(lead.email(), taken, expected));
    }
    for (Call call : succeeded(lead, Part.CRM)) {
      String pipeline = call.body().path("pipeline").asText();
      if (!pipeline.equals(expected.toString()) || !call.path().equals(expected.crmPath())) {
        problems.add(
            "%s: the CRM was told '%s' at %s, expected '%s' at %s"
                .formatted(lead.email(), pipeline, call.path(), expected, expected.crmPath()));
      }
    }
  }

  private void checkCaught(Lead lead, StepProgress step, List<String> problems) {
    Part asked = ENRICHMENTS.get(step.name());
    if (asked != null && step.caught() != goesWithout(lead, asked)) {
      problems.add(
          "%s: step %s got %s"
              .formatted(
                  lead.email(),
                  step.name(),
                  step.caught()
                      ? "its fallback, expected an answer"
                      : "an answer, expected its fallback"));
    }
  }

  /** Whether this part never tells anything about the lead: the step's fallback has to do. */
  private boolean goesWithout(Lead lead, Part part) {
    return switch (part) {
      case CONTACTS -> lead.dossier().position().isEmpty();
      // Its step makes one attempt only.
      case NEWS -> failures.expected(part, lead.email());
      case COMPANIES, MODEL, CRM, CHAT -> false;
    };
  }

  private void checkCalls(Lead lead, Part part, List<String> problems) {
    if (part == Part.MODEL && !scoresAreKnown) {
      return;
    }
    List<Call> all = about(lead, part);
    int answered = goesWithout(lead, part) ? 0 : 1;
    int failed = goesWithout(lead, part) || failures.expected(part, lead.email()) ? 1 : 0;
    int succeeded = succeeded(lead, part).size();
    if (succeeded != answered || all.size() != answered + failed) {
      problems.add(
          "%s: the %s API was called %d times, %d of them with success; expected %d and %d"
              .formatted(lead.email(), part, all.size(), succeeded, answered + failed, answered));
    }
    if (part != Part.MODEL && all.stream().map(Call::idempotencyKey).distinct().count() > 1) {
      problems.add(
          "%s: calls of the %s API had different Idempotency-Keys".formatted(lead.email(), part));
    }
  }

  private List<Call> about(Lead lead, Part part) {
    return calls.stream()
        .filter(call -> call.part() == part && call.lead().equals(Optional.of(lead.email())))
        .toList();
  }

  private List<Call> succeeded(Lead lead, Part part) {
    return about(lead, part).stream().filter(Call::succeeded).toList();
  }
}
