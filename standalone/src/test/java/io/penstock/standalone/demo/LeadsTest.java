package io.penstock.standalone.demo;

import static io.penstock.standalone.demo.Route.HIGH;
import static io.penstock.standalone.demo.Route.LOW;
import static io.penstock.standalone.demo.Route.MEDIUM;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeadsTest {
  @Test
  void values_come_in_turns() {
    assertThat(Leads.of(6))
        .extracting(Lead::expectedRoute)
        .containsExactly(HIGH, MEDIUM, LOW, HIGH, MEDIUM, LOW);
  }

  @Test
  void addresses_and_companies_are_unique_however_many_there_are() {
    assertThat(Leads.of(200)).extracting(Lead::email).doesNotHaveDuplicates().hasSize(200);
    assertThat(Leads.of(200)).extracting(Lead::company).doesNotHaveDuplicates();
    assertThat(Leads.of(200)).allMatch(one -> one.company().equals(one.dossier().company().name()));
  }

  @Test
  void a_score_on_the_border_is_of_the_lower_value_above_and_of_the_higher_below() {
    assertThat(Route.ofScore(25)).isEqualTo(MEDIUM);
    assertThat(Route.ofScore(25.1)).isEqualTo(HIGH);
    assertThat(Route.ofScore(15)).isEqualTo(MEDIUM);
    assertThat(Route.ofScore(14.9)).isEqualTo(LOW);
  }
}
