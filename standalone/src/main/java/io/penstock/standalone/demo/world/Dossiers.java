package io.penstock.standalone.demo.world;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Everybody's dossier. No two of them are at the same company. */
final class Dossiers {
  private final Map<String, Dossier> byEmail;
  private final Map<String, String> emailByCompany = new HashMap<>();

  Dossiers(Map<String, Dossier> byEmail) {
    this.byEmail = Map.copyOf(byEmail);
    byEmail.forEach((email, dossier) -> emailByCompany.put(dossier.company().name(), email));
  }

  Optional<Dossier> ofEmail(String email) {
    return Optional.ofNullable(byEmail.get(email));
  }

  /** Whoever is at the company of this name. */
  Optional<String> emailAt(String company) {
    return Optional.ofNullable(emailByCompany.get(company));
  }
}
