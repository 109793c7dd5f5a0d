package io.penstock.simulator.language;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowGeneratorTest {
  /** About one seed in five thousand has catches in catches that the language does not take. */
  @ParameterizedTest
  @ValueSource(longs = {4573, 103_594})
  void a_draft_that_is_nested_too_deep_is_not_used(long seed) {
    assertThatCode(() -> WorkflowGenerator.next(new SplittableRandom(seed), "w", "1.0.0"))
        .doesNotThrowAnyException();
  }
}
