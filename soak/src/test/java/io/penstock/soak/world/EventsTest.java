package io.penstock.soak.world;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.penstock.schema.language.DefinitionReader;
import io.penstock.soak.account.Expectation;
import io.penstock.soak.account.Place;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventsTest {
  private static final List<String> SOME =
      IntStream.range(0, 36).mapToObj(number -> Events.id(4, number)).toList();

  @Test
  void the_definitions_are_right() throws Exception {
    try (InputStream yaml = StubWorld.class.getResourceAsStream("definitions.yaml")) {
      byte[] withPort =
          new String(yaml.readAllBytes(), UTF_8).replace("PORT", "80").getBytes(UTF_8);

      assertThat(DefinitionReader.read("definitions.yaml", withPort).problems()).isEmpty();
    }
  }

  @Test
  void an_id_tells_its_cycle_and_whether_it_is_ours() {
    assertThat(Events.cycle(Events.id(4, 17))).isEqualTo(4);
    assertThat(Events.cycle("nothing")).isEqualTo(-1);
  }

  @Test
  void every_end_is_among_them() {
    assertThat(SOME)
        .extracting(Events::expectation)
        .extracting(Expectation::workflow, Expectation::end)
        .contains(
            tuple("lead", "COMPLETED"), tuple("order", "COMPLETED"), tuple("order", "COMPENSATED"));
  }

  @Test
  void no_two_events_want_the_same_call() {
    Set<Place> all = new HashSet<>();
    for (String id : SOME) {
      Set<Place> places = Events.expectation(id).places();
      assertThat(all).doesNotContainAnyElementsOf(places);
      assertThat(places).allSatisfy(place -> assertThat(place.event()).isEqualTo(id));
      all.addAll(places);
    }
  }

  @Test
  void whose_goods_cannot_be_shipped_is_undone_from_the_last_to_the_first() {
    Expectation order = Events.expectation(Events.id(0, 12));

    assertThat(order.stages().subList(order.stages().size() - 3, order.stages().size()))
        .containsExactly(
            Set.of(new Place("refund", "evt-0-12")),
            Set.of(new Place("release", "evt-0-12/1")),
            Set.of(new Place("release", "evt-0-12/0")));
    assertThat(Events.isRefused(new Place("ship", "evt-0-12"))).isTrue();
  }
}
