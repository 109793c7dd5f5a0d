package io.penstock.standalone.demo;

import io.penstock.standalone.demo.world.CompanyProfile;

/**
 * A person who showed interest, and what must become of it.
 *
 * @param profile what the simulated enrichment API knows of the company
 * @param expectedScore what the scripted model must say, out of 30
 */
record Lead(
    String email,
    String name,
    String company,
    String message,
    CompanyProfile profile,
    int expectedScore) {

  Route expectedRoute() {
    return Route.ofScore(expectedScore);
  }
}
