package io.penstock.schema.definition;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version, {@code 1.2.3} or {@code 1.2.3-beta}; the latest is the greatest. Of two with the same
 * numbers one with a suffix is the earlier; suffixes compare as text.
 *
 * @param suffix empty: a release
 */
public record SemanticVersion(int major, int minor, int patch, String suffix)
    implements Comparable<SemanticVersion> {
  private static final String NUMBER = "(0|[1-9][0-9]{0,8})";
  private static final Pattern SHAPE =
      Pattern.compile(
          NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:-([0-9A-Za-z][0-9A-Za-z.-]{0,40}))?");

  private static final Comparator<SemanticVersion> ORDER =
      Comparator.comparingInt(SemanticVersion::major)
          .thenComparingInt(SemanticVersion::minor)
          .thenComparingInt(SemanticVersion::patch)
          .thenComparing(version -> version.suffix().isEmpty())
          .thenComparing(SemanticVersion::suffix);

  public static Optional<SemanticVersion> parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new SemanticVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                Optional.ofNullable(matcher.group(4)).orElse("")))
        : Optional.empty();
  }

  public boolean isPreRelease() {
    return !suffix.isEmpty();
  }

  @Override
  public int compareTo(SemanticVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch + (suffix.isEmpty() ? "" : "-" + suffix);
  }
}
