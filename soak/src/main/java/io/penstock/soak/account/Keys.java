package io.penstock.soak.account;

import io.penstock.soak.account.Violation.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** One key for all calls of a place, and no other place has it. */
final class Keys {
  private Keys() {}

  static void check(CallsByPlace calls, List<Violation> violations) {
    Map<String, Place> owners = new HashMap<>();
    for (Place place : calls.places()) {
      Set<String> keys = calls.of(place).stream().map(Call::key).collect(Collectors.toSet());
      if (keys.size() > 1) {
        violations.add(new Violation(Kind.SEVERAL_KEYS, place.toString(), keys.toString()));
      }
      for (String key : keys) {
        Place owner = owners.putIfAbsent(key, place);
        if (owner != null) {
          violations.add(new Violation(Kind.SHARED_KEY, key, "of " + owner + " and of " + place));
        }
      }
    }
  }
}
