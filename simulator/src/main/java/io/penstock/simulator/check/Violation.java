package io.penstock.simulator.check;

/** Something that must not be. */
public record Violation(String invariant, String what) {
  @Override
  public String toString() {
    return invariant + ": " + what;
  }
}
