package io.penstock.console.projection;

import io.penstock.schema.message.Fact;
import io.penstock.schema.message.ScopePath;
import java.util.LinkedHashSet;
import java.util.Set;

/** Scopes that close with all that is inside them, without an outcome of its own. */
public final class EndedScopes {
  private EndedScopes() {}

  /** The root if all of the execution is dropped. */
  public static Set<ScopePath> by(Fact fact) {
    if (fact instanceof Fact.ScopesCancelled cancelled) {
      return new LinkedHashSet<>(cancelled.scopes());
    }
    return fact instanceof Fact.ScopeEnded ended && ended.error().isPresent()
        ? Set.of(ended.scope())
        : Set.of();
  }
}
