package io.penstock.standalone.demo;

import io.penstock.standalone.demo.world.CompanyProfile;
import java.util.List;
import java.util.stream.IntStream;

/** The people of the demo. All of them are made up; {@code .example} belongs to nobody. */
final class Leads {
  private static final List<Lead> CAST =
      List.of(
          lead(
              "ada",
              "Ada Moreau",
              "Nordwerk",
              1200,
              "manufacturing",
              27,
              "We have budget for this quarter and would like a demo."),
          lead(
              "ben",
              "Ben Okafor",
              "Kestrel Freight",
              180,
              "logistics",
              20,
              "We compare three vendors at the moment."),
          lead("cleo", "Cleo Lind", "Lind Ceramics", 4, "crafts", 7, "Just looking around."),
          lead(
              "dina",
              "Dina Alvarez",
              "Heliant Energy",
              5400,
              "energy",
              27,
              "Our contract ends this quarter, please call."),
          lead(
              "emil",
              "Emil Novak",
              "Brightshelf",
              320,
              "retail",
              17,
              "Could we evaluate it with our data?"),
          lead("fay", "Fay Turner", "Turner Yoga", 2, "wellness", 7, "Do you have stickers?"),
          lead(
              "gus",
              "Gus Baranov",
              "Ironvale Steel",
              900,
              "manufacturing",
              27,
              "Replacement is in the budget, when can we start?"),
          lead(
              "hana",
              "Hana Sato",
              "Softloom",
              75,
              "software",
              17,
              "I would like to compare plans."),
          lead("ivo", "Ivo Petrov", "Petrov & Son", 9, "law", 7, "Newsletter, please."));

  private Leads() {}

  /**
   * High, medium and low value in turns.
   *
   * @param count 1 or more; beyond the cast the same people come again at other addresses
   */
  static List<Lead> of(int count) {
    return IntStream.range(0, count).mapToObj(Leads::lead).toList();
  }

  private static Lead lead(int index) {
    Lead one = CAST.get(index % CAST.size());
    int round = index / CAST.size();
    if (round == 0) {
      return one;
    }
    String email = one.email().replace("@", (round + 1) + "@");
    return new Lead(
        email, one.name(), one.company(), one.message(), one.profile(), one.expectedScore());
  }

  private static Lead lead(
      String address,
      String name,
      String company,
      int employees,
      String industry,
      int expectedScore,
      String message) {
    String domain = company.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z]+", "-");
    return new Lead(
        address + "@" + domain + ".example",
        name,
        company,
        message,
        new CompanyProfile(company, employees, industry),
        expectedScore);
  }
}
