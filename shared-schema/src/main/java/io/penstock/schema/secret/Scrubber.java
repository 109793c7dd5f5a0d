package io.penstock.schema.secret;

import io.penstock.schema.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Takes known secrets out of texts before they are stored or sent: others echo what they are given.
 * Thread-safe.
 *
 * <p>Values shorter than {@value #MIN_LENGTH} characters are left alone, they would garble texts
 * that have nothing to do with them.
 */
public final class Scrubber {
  private static final int MIN_LENGTH = 6;

  /** The longest first: a shorter one may be a part of it and would leave the rest. */
  private final Set<String> values =
      new ConcurrentSkipListSet<>(
          Comparator.<String>comparingInt(String::length)
              .reversed()
              .thenComparing(Comparator.naturalOrder()));

  /** A resolver that makes known to this scrubber whatever it hands out. */
  public SecretResolver watching(SecretResolver resolver) {
    return reference -> {
      Secret secret = resolver.resolve(reference);
      remember(secret);
      return secret;
    };
  }

  /** A value that was rotated stays known: answers to calls made with it may still come. */
  public void remember(Secret secret) {
    String value = secret.reveal();
    if (value.length() >= MIN_LENGTH) {
      values.add(value);
      values.add(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
  }

  /** The text with {@code ***} for every known value. */
  public String scrub(String text) {
    String clean = text;
    for (String value : values) {
      clean = clean.replace(value, Secret.MASK);
    }
    return clean;
  }

  /** The same for all strings and names inside; the same object when there is nothing to do. */
  public Json scrub(Json json) {
    if (values.isEmpty()) {
      return json;
    }
    Json clean = Json.of(clean(json.value()));
    return clean.equals(json) ? json : clean;
  }

  private Object clean(Object value) {
    return switch (value) {
      case String text -> scrub(text);
      case Map<?, ?> map -> {
        Map<String, Object> clean = new LinkedHashMap<>();
        map.forEach((name, member) -> clean.put(scrub((String) name), clean(member)));
        yield clean;
      }
      case List<?> list -> {
        List<Object> clean = new ArrayList<>(list.size());
        list.forEach(element -> clean.add(clean(element)));
        yield clean;
      }
      case null -> null;
      default -> value;
    };
  }
}
