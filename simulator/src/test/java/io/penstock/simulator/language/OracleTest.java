package io.penstock.simulator.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.orchestrator.core.ExecutionDecider;
import io.penstock.schema.definition.Definition;
import io.penstock.schema.language.DefinitionReader;
import io.penstock.schema.language.DefinitionSet;
import io.penstock.schema.language.Located;
import io.penstock.schema.message.HistoryRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The real core and the oracle come to the same, in whatever order things happen. */
class OracleTest {
  private static final int ORDERS = 2;

  /** So many executions at least meet each construct. */
  private static final int OFTEN = 10;

  @Test
  void core_and_oracle_agree_and_everything_that_the_language_has_is_met() {
    List<String> found = new ArrayList<>();
    Map<Construct, Integer> met = new EnumMap<>(Construct.class);
    for (Corpus one : Corpus.all()) {
      for (int order = 0; order < ORDERS; order++) {
        ExecutionDecider decider =
            new ExecutionDecider(CoreRun.definitions(one.generated().workflow()));
        List<HistoryRecord> history =
            CoreRun.of(one.generated(), one.input(), new SplittableRandom(order), decider::decide);
        one.expectation().differences(history).stream()
            .map(
                "workflow %d, world %d, order %d: %%s".formatted(one.seed(), one.world(), order)
                    ::formatted)
            .forEach(found::add);
        Reached.by(one.generated().workflow(), history)
            .forEach(construct -> met.merge(construct, 1, Integer::sum));
      }
    }
    assertThat(found).isEmpty();
    assertThat(Arrays.stream(Construct.values()).filter(one -> met.getOrDefault(one, 0) < OFTEN))
        .as("met too seldom, of %s", met)
        .isEmpty();
  }

  @Test
  void pauses_deferrals_and_repetitions_change_nothing() {
    List<String> found = new ArrayList<>();
    Map<Boolean, Integer> interrupted = new HashMap<>();
    for (Corpus one : Corpus.all()) {
      ExecutionDecider decider =
          new ExecutionDecider(CoreRun.definitions(one.generated().workflow()));
      List<HistoryRecord> history =
          CoreRun.disturbed(
              one.generated(), one.input(), new SplittableRandom(one.world()), decider::decide);
      interrupted.merge(Shown.by(history).isInterrupted(), 1, Integer::sum);
      one.expectation().differences(history).stream()
          .map("workflow %d, world %d: %%s".formatted(one.seed(), one.world())::formatted)
          .forEach(found::add);
    }
    assertThat(found).isEmpty();
    assertThat(interrupted.get(true)).as("cancelled, of %s", interrupted).isGreaterThan(OFTEN);
  }

  @Test
  void most_of_what_is_generated_has_no_race() {
    long certain = Corpus.all().stream().filter(one -> one.expectation().isCertain()).count();
    assertThat(certain).isBetween(Corpus.all().size() * 6L / 10, Corpus.all().size() * 9L / 10);
    assertThat(Corpus.all().stream().filter(one -> one.expectation().undecided()).count())
        .as("of which next to nothing is known")
        .isLessThan(Corpus.all().size() / 50);
  }

  @Test
  void what_is_generated_is_valid_also_beside_what_it_names() {
    List<Located<Definition>> definitions = new ArrayList<>(read(SupportingDefinitions.YAML));
    Corpus.all().stream()
        .filter(one -> one.world() == 0)
        .map(one -> one.generated().yaml().replace("name: generated", "name: w" + one.seed()))
        .forEach(yaml -> definitions.addAll(read(yaml)));
    assertThat(DefinitionSet.of(definitions).problems()).isEmpty();
  }

  private static List<Located<Definition>> read(String yaml) {
    return DefinitionReader.read("y", yaml.getBytes(StandardCharsets.UTF_8)).definitions();
  }
}
