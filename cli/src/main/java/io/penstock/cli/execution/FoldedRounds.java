package io.penstock.cli.execution;

import io.penstock.cli.terminal.Colours.Tone;
import io.penstock.schema.json.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps what happens inside of a foreach's rounds from burying everything else: its progress is
 * told now and then, its first failures one by one, and nothing more.
 */
final class FoldedRounds {
  private static final int FAILURES_TOLD = 5;
  private static final int PARTS = 10;
  private static final Duration NOW_AND_THEN = Duration.ofSeconds(10);

  private final boolean everyRound;
  private final Map<String, Progress> byPath = new LinkedHashMap<>();

  FoldedRounds(boolean everyRound) {
    this.everyRound = everyRound;
  }

  /** How far one foreach is. */
  private static final class Progress {
    private final long total;
    private long ended;
    private long failed;
    private long failuresTold;
    private long endedWhenTold;
    private Optional<Instant> toldAt = Optional.empty();

    Progress(long total) {
      this.total = total;
    }
  }

  /** What is to be told now; {@code at} is the time of the fact's record. */
  List<EventText> tell(Json fact, String at) {
    if (everyRound) {
      return EventText.of(fact).stream().toList();
    }
    String type = Wording.text(fact, "type");
    String place = Wording.text(fact, "scopeEnded".equals(type) ? "scope" : "path");
    Optional<String> foreach = foreachAround(place);
    if (foreach.isPresent()) {
      return inside(foreach.get(), place, fact, at);
    }
    if ("scopesCancelled".equals(type) || "scopesLeft".equals(type)) {
      return withoutRounds(fact);
    }
    List<EventText> texts = new ArrayList<>();
    if ("itemsFound".equals(type)) {
      byPath.put(place, new Progress(fact.at("rounds") instanceof Long rounds ? rounds : 0));
    } else if ("stepCompleted".equals(type) && byPath.containsKey(place)) {
      texts.add(progress(place, byPath.remove(place)));
    }
    if (!"inputIgnored".equals(type)) {
      EventText.of(fact).ifPresent(texts::add);
    }
    return texts;
  }

  /** Of those that never came to their end. */
  List<EventText> last() {
    List<EventText> texts = new ArrayList<>();
    byPath.forEach(
        (path, progress) -> {
          if (progress.ended > progress.endedWhenTold) {
            texts.add(progress(path, progress));
          }
        });
    byPath.clear();
    return texts;
  }

  private List<EventText> inside(String foreach, String place, Json fact, String at) {
    Progress progress = byPath.get(foreach);
    List<EventText> texts = new ArrayList<>();
    boolean failed = false;
    switch (Wording.text(fact, "type")) {
      case "scopeEnded" -> {
        if (place.indexOf('/', foreach.length() + 1) < 0) {
          failed = fact.at("error") != null;
          progress.ended++;
          progress.failed += failed ? 1 : 0;
        }
      }
      case "stepFailed" -> failed = true;
      default -> {
        return List.of();
      }
    }
    if (failed && progress.failuresTold < FAILURES_TOLD) {
      progress.failuresTold++;
      EventText.of(fact).ifPresent(texts::add);
      if (progress.failuresTold == FAILURES_TOLD) {
        texts.add(
            new EventText(foreach, "further failures are only counted here (--all)", Tone.FAINT));
      }
    }
    if (isTimeToTell(progress, at)) {
      texts.add(progress(foreach, progress));
      progress.endedWhenTold = progress.ended;
      progress.toldAt = instant(at);
    }
    return texts;
  }

  private static boolean isTimeToTell(Progress progress, String at) {
    long since = progress.ended - progress.endedWhenTold;
    if (since == 0 || progress.ended == progress.total) {
      return false;
    }
    if (progress.toldAt.isEmpty()) {
      progress.toldAt = instant(at);
    }
    return since >= Math.max(1, progress.total / PARTS)
        || progress
            .toldAt
            .flatMap(told -> instant(at).map(now -> Duration.between(told, now)))
            .filter(passed -> passed.compareTo(NOW_AND_THEN) >= 0)
            .isPresent();
  }

  private static EventText progress(String path, Progress progress) {
    return new EventText(
        path,
        String.format(
            Locale.ROOT,
            "%,d of %s done%s",
            progress.ended - progress.failed,
            Wording.counted(progress.total, "round"),
            progress.failed == 0
                ? ""
                : String.format(Locale.ROOT, ", %,d failed", progress.failed)),
        null);
  }

  /** Cancelled rounds are counted by nobody: the foreach has failed with them. */
  private List<EventText> withoutRounds(Json fact) {
    List<?> scopes = fact.at("scopes") instanceof List<?> list ? list : List.of();
    List<?> outside =
        scopes.stream().filter(scope -> foreachAround(scope.toString()).isEmpty()).toList();
    if (outside.isEmpty()) {
      return List.of();
    }
    return EventText.of(
            Json.of(Map.of("type", Wording.text(fact, "type"), "scopes", List.copyOf(outside))))
        .stream()
        .toList();
  }

  /** The outermost foreach in one of whose rounds this place lies. */
  private Optional<String> foreachAround(String place) {
    for (int end = place.indexOf('/'); end >= 0; end = place.indexOf('/', end + 1)) {
      boolean numbered = end + 1 < place.length() && Character.isDigit(place.charAt(end + 1));
      if (numbered && byPath.containsKey(place.substring(0, end))) {
        return Optional.of(place.substring(0, end));
      }
    }
    return Optional.empty();
  }

  private static Optional<Instant> instant(String at) {
    try {
      return Optional.of(Instant.parse(at));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
