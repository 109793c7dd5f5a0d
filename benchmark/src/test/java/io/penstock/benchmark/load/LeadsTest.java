package io.penstock.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LeadsTest {
  private static final int MANY = 10_000;

  @Test
  void without_duplicates_every_id_is_new() {
    List<Leads.Lead> leads = many(0);

    assertThat(leads).extracting(Leads.Lead::id).doesNotHaveDuplicates();
    assertThat(leads).noneMatch(Leads.Lead::repeated);
  }

  @Test
  void the_share_of_duplicates_is_what_was_asked_for() {
    List<Leads.Lead> leads = many(0.2);

    assertThat(leads.stream().filter(Leads.Lead::repeated).count())
        .isCloseTo(MANY / 5, within(MANY / 50L));
  }

  @Test
  void a_repeated_lead_was_sent_before_word_for_word() {
    List<Leads.Lead> leads = many(0.2);

    for (int i = 0; i < MANY; i++) {
      Leads.Lead lead = leads.get(i);
      if (lead.repeated()) {
        assertThat(leads.subList(0, i))
            .anyMatch(earlier -> !earlier.repeated() && earlier.body().equals(lead.body()));
        return;
      }
    }
  }

  @Test
  void id_and_number_are_put_into_the_body() {
    Leads leads = new Leads("a", "{\"id\":\"{id}\",\"n\":{n}}", 0);
    leads.next();

    assertThat(leads.next().body()).isEqualTo("{\"id\":\"a-1\",\"n\":1}");
  }

  private static List<Leads.Lead> many(double duplicates) {
    Leads leads = new Leads("a", "{id}", duplicates);
    return Stream.generate(leads::next).limit(MANY).toList();
  }
}
