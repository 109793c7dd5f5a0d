package io.penstock.standalone.demo.world;

import java.util.Locale;
import java.util.Set;

/** The fixed rules by which the scripted model scores. */
final class LeadScore {
  private static final Set<String> CORE_INDUSTRIES = Set.of("manufacturing", "logistics", "energy");
  private static final Set<String> OTHER_INDUSTRIES = Set.of("software", "retail");

  private LeadScore() {}

  /** 0 to 10 points for each criterion. */
  record Points(int fit, int size, int intent) {
    int total() {
      return fit + size + intent;
    }

    String reason() {
      return "Scripted rules, no model: fit %d, size %d, intent %d.".formatted(fit, size, intent);
    }
  }

  static Points of(PromptFacts facts) {
    return new Points(
        fit(facts.industry()) + (facts.seniority().equals(Position.EXECUTIVE) ? 1 : 0),
        size(facts.employees()),
        intent(facts.message()) + (facts.headlines() > 0 ? 1 : 0));
  }

  private static int fit(String industry) {
    if (CORE_INDUSTRIES.contains(industry)) {
      return 9;
    }
    return OTHER_INDUSTRIES.contains(industry) ? 6 : 3;
  }

  private static int size(int employees) {
    if (employees >= 500) {
      return 9;
    }
    return employees >= 50 ? 6 : 2;
  }

  private static int intent(String message) {
    String said = message.toLowerCase(Locale.ROOT);
    if (said.contains("budget") || said.contains("quarter")) {
      return 9;
    }
    return said.contains("compare") || said.contains("evaluate") ? 5 : 2;
  }
}
