package io.penstock.soak.account;

/**
 * A call to the outside that the workflow wants made.
 *
 * @param step its name in the workflow
 * @param ref what for: the event's id, in a foreach with {@code /round} behind
 */
public record Place(String step, String ref) {
  /** The id of the event that it belongs to. */
  public String event() {
    int round = ref.indexOf('/');
    return round < 0 ? ref : ref.substring(0, round);
  }

  @Override
  public String toString() {
    return step + " for " + ref;
  }
}
