package io.penstock.standalone.demo;

import io.penstock.standalone.demo.world.Dossier;

/**
 * A person who showed interest, and what must become of it.
 *
 * @param dossier what the simulated world knows of the person and the company
 * @param expectedScore what the scripted model must say, out of 30
 */
record Lead(
    String email, String name, String company, String message, Dossier dossier, int expectedScore) {

  Route expectedRoute() {
    return Route.ofScore(expectedScore);
  }
}
