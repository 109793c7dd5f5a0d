package io.penstock.standalone.demo;

import static io.penstock.standalone.demo.world.Position.EXECUTIVE;
import static io.penstock.standalone.demo.world.Position.SENIOR;

import io.penstock.standalone.demo.world.CompanyProfile;
import io.penstock.standalone.demo.world.Dossier;
import io.penstock.standalone.demo.world.Position;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** The people of the demo. All of them are made up; {@code .example} belongs to nobody. */
final class Leads {
  /** A person whom the contacts API does not know. */
  private static final Optional<Position> UNKNOWN = Optional.empty();

  private static final List<Lead> CAST =
      List.of(
          lead(
              "ada",
              "Ada Moreau",
              29,
              "We have budget for this quarter and would like a demo.",
              new CompanyProfile("Nordwerk", 1200, "manufacturing"),
              position("Chief Operating Officer", EXECUTIVE),
              "Nordwerk opens its third plant"),
          lead(
              "ben",
              "Ben Okafor",
              21,
              "We compare three vendors at the moment.",
              new CompanyProfile("Kestrel Freight", 180, "logistics"),
              position("Fleet planner", SENIOR),
              "Kestrel Freight wins a contract for parcels",
              "The ports are full again"),
          lead(
              "cleo",
              "Cleo Lind",
              7,
              "Just looking around.",
              new CompanyProfile("Lind Ceramics", 4, "crafts"),
              UNKNOWN),
          lead(
              "dina",
              "Dina Alvarez",
              29,
              "Our contract ends this quarter, please call.",
              new CompanyProfile("Heliant Energy", 5400, "energy"),
              position("Head of purchasing", EXECUTIVE),
              "Heliant Energy buys two wind parks"),
          lead(
              "emil",
              "Emil Novak",
              17,
              "Could we evaluate it with our data?",
              new CompanyProfile("Brightshelf", 320, "retail"),
              position("Data analyst", SENIOR)),
          lead(
              "fay",
              "Fay Turner",
              8,
              "Do you have stickers?",
              new CompanyProfile("Turner Yoga", 2, "wellness"),
              position("Owner", EXECUTIVE)),
          lead(
              "gus",
              "Gus Baranov",
              28,
              "Replacement is in the budget, when can we start?",
              new CompanyProfile("Ironvale Steel", 900, "manufacturing"),
              position("Plant engineer", SENIOR),
              "Ironvale Steel to make greener steel"),
          lead(
              "hana",
              "Hana Sato",
              18,
              "I would like to compare plans.",
              new CompanyProfile("Softloom", 75, "software"),
              position("Founder", EXECUTIVE)),
          lead(
              "ivo",
              "Ivo Petrov",
              7,
              "Newsletter, please.",
              new CompanyProfile("Petrov & Son", 9, "law"),
              position("Solicitor", SENIOR)));

  private Leads() {}

  /**
   * High, medium and low value in turns.
   *
   * @param count 1 or more; beyond the cast the same people come again at other addresses and
   *     companies
   */
  static List<Lead> of(int count) {
    return IntStream.range(0, count).mapToObj(Leads::lead).toList();
  }

  private static Lead lead(int index) {
    Lead one = CAST.get(index % CAST.size());
    int round = index / CAST.size();
    return round == 0 ? one : again(one, round + 1);
  }

  private static Lead again(Lead one, int time) {
    Dossier known = one.dossier();
    CompanyProfile first = known.company();
    CompanyProfile company =
        new CompanyProfile(first.name() + " " + time, first.employees(), first.industry());
    return new Lead(
        one.email().replace("@", time + "@"),
        one.name(),
        company.name(),
        one.message(),
        new Dossier(company, known.position(), known.headlines()),
        one.expectedScore());
  }

  private static Lead lead(
      String address,
      String name,
      int expectedScore,
      String message,
      CompanyProfile company,
      Optional<Position> position,
      String... headlines) {
    String domain = company.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
    return new Lead(
        address + "@" + domain + ".example",
        name,
        company.name(),
        message,
        new Dossier(company, position, List.of(headlines)),
        expectedScore);
  }

  private static Optional<Position> position(String title, String seniority) {
    return Optional.of(new Position(title, seniority));
  }
}
