package io.penstock.schema.expression;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.standard.AddOperator.AddOverload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The functions whose result can be larger than what they are given, each with a limit: a few of
 * them in a row would otherwise fill the memory of whoever evaluates.
 */
final class BoundedGrowth {
  static final int MAX_CHARACTERS = 1 << 20;
  static final int MAX_ELEMENTS = 100_000;

  private static final Set<AddOverload> ADDITIONS =
      Set.of(AddOverload.ADD_STRING, AddOverload.ADD_LIST);
  private static final Set<CelStringExtensions.Function> GROWING =
      ImmutableSet.of(CelStringExtensions.Function.REPLACE, CelStringExtensions.Function.JOIN);

  private BoundedGrowth() {}

  /** Gives a runtime the standard functions and those on strings. */
  static CelRuntimeBuilder install(CelRuntimeBuilder runtime) {
    return runtime
        .setStandardEnvironmentEnabled(false)
        .setStandardFunctions(
            CelStandardFunctions.newBuilder()
                .filterFunctions((function, overload) -> !isAddition(overload))
                .build())
        .addLibraries(
            CelExtensions.strings(Sets.complementOf(GROWING, CelStringExtensions.Function.class)))
        .addFunctionBindings(
            CelFunctionBinding.from("add_string", String.class, String.class, BoundedGrowth::add),
            CelFunctionBinding.from("add_list", List.class, List.class, BoundedGrowth::add),
            CelFunctionBinding.from("list_join", List.class, list -> join(list, "")),
            CelFunctionBinding.from(
                "list_join_string", List.class, String.class, BoundedGrowth::join),
            CelFunctionBinding.from(
                "string_replace_string_string",
                List.of(String.class, String.class, String.class),
                args -> replace(args, Long.MAX_VALUE)),
            CelFunctionBinding.from(
                "string_replace_string_string_int",
                List.of(String.class, String.class, String.class, Long.class),
                args -> replace(args, (Long) args[3])));
  }

  /** Whether a limit of this class is why an evaluation failed. */
  static Optional<String> reason(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TooLargeException) {
        return Optional.of(cause.getMessage());
      }
    }
    return Optional.empty();
  }

  private static boolean isAddition(Object overload) {
    return overload instanceof AddOverload addition && ADDITIONS.contains(addition);
  }

  private static String add(String left, String right) throws CelEvaluationException {
    checkText((long) left.length() + right.length());
    return left + right;
  }

  private static List<?> add(List<?> left, List<?> right) throws CelEvaluationException {
    if ((long) left.size() + right.size() > MAX_ELEMENTS) {
      throw tooLarge("a list grows over " + MAX_ELEMENTS + " elements");
    }
    List<Object> both = new ArrayList<>(left);
    both.addAll(right);
    return both;
  }

  private static String join(List<?> list, String separator) throws CelEvaluationException {
    StringBuilder text = new StringBuilder();
    boolean first = true;
    for (Object element : list) {
      if (!(element instanceof String part)) {
        throw new CelEvaluationException("join takes a list of strings");
      }
      checkText((long) text.length() + separator.length() + part.length());
      text.append(first ? "" : separator).append(part);
      first = false;
    }
    return text.toString();
  }

  private static String replace(Object[] args, long limit) throws CelEvaluationException {
    String text = (String) args[0];
    String search = (String) args[1];
    String replacement = (String) args[2];
    Matcher places = Pattern.compile(search, Pattern.LITERAL).matcher(text);
    StringBuilder result = new StringBuilder();
    long left = limit < 0 ? Long.MAX_VALUE : limit;
    while (left > 0 && places.find()) {
      places.appendReplacement(result, Matcher.quoteReplacement(replacement));
      checkText((long) result.length() + text.length() - places.end());
      left--;
    }
    return places.appendTail(result).toString();
  }

  private static void checkText(long characters) throws CelEvaluationException {
    if (characters > MAX_CHARACTERS) {
      throw tooLarge("a text grows over " + MAX_CHARACTERS + " characters");
    }
  }

  private static CelEvaluationException tooLarge(String message) {
    return new CelEvaluationException(message, new TooLargeException(message));
  }

  private static final class TooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLargeException(String message) {
      super(message);
    }
  }
}
