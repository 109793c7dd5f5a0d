package io.penstock.benchmark.world;

/**
 * What the stub's model answers. A hash of the lead's id (FNV-1a, 32 bits), so that everybody can
 * say which channel a lead belongs in without asking.
 */
public final class LeadScore {
  private static final int OFFSET_BASIS = 0x811c9dc5;
  private static final int PRIME = 0x01000193;
  private static final int SCORES = 101;
  private static final int SALES_FROM = 50;

  private LeadScore() {}

  /**
   * @param id ASCII
   * @return 0 to 100
   */
  public static int of(String id) {
    int hash = OFFSET_BASIS;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * PRIME;
    }
    return Integer.remainderUnsigned(hash, SCORES);
  }

  /** Where a lead has to be notified. */
  public static String channelOf(String id) {
    return of(id) >= SALES_FROM ? "sales" : "nurture";
  }
}
