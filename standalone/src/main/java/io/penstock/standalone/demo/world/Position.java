package io.penstock.standalone.demo.world;

/**
 * What somebody is at work.
 *
 * @param seniority {@link #EXECUTIVE} or {@link #SENIOR}
 */
public record Position(String title, String seniority) {
  public static final String EXECUTIVE = "executive";
  public static final String SENIOR = "senior";
}
