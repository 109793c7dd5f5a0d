package io.penstock.schema.expression;

import io.penstock.schema.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A JSON structure whose strings may hold <code>{{ expression }}</code>; compiled once,
 * thread-safe.
 *
 * <p>A string that is one whole expression keeps the type of its value; elsewhere values are put
 * into the text (objects, arrays and null as JSON). What is put in is data: expression syntax
 * inside it is never evaluated. Names of members are never expressions. Two opening braces that are
 * meant as text are written as an expression that gives them: <code>{{ "{{" }}</code>.
 */
public final class Template {
  private final Json source;
  private final Node root;
  private final Set<Reference> references;

  private Template(Json source, Node root, Set<Reference> references) {
    this.source = source;
    this.root = root;
    this.references = references;
  }

  /**
   * @param source plain maps, lists and scalars
   */
  public static Template compile(Object source) throws ExpressionSyntaxException {
    return compile(source, Set.of());
  }

  /**
   * As {@link #compile(Object)}, with more names to start from.
   *
   * @param variables besides {@link Variables#ALL}
   */
  public static Template compile(Object source, Collection<String> variables)
      throws ExpressionSyntaxException {
    Json json = Json.of(source);
    Set<Reference> references = new LinkedHashSet<>();
    Node root = node(json.value(), variables, references);
    return new Template(json, root, Collections.unmodifiableSet(references));
  }

  public Json source() {
    return source;
  }

  public Set<Reference> references() {
    return references;
  }

  /** A plain, unmodifiable value. */
  public Object render(Map<String, ?> context) throws ExpressionException {
    return root.render(context);
  }

  /**
   * Renders a template that is one string, passing every value that is put in through {@code
   * encode} (percent-encoding in a URL path, say); the literal parts stay as they are.
   *
   * @throws ExpressionException also when a value is null: an address with a hole in it is another
   *     address
   * @throws IllegalStateException if the template is no string: a caller's bug
   */
  public String renderText(Map<String, ?> context, UnaryOperator<String> encode)
      throws ExpressionException {
    if (root instanceof Text text) {
      return text.parts().renderEncoded(context, encode);
    }
    if (source.value() instanceof String literal) {
      return literal;
    }
    throw new IllegalStateException("a template of " + source.sizeBytes() + " bytes is no text");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Template template && source.equals(template.source);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }

  @Override
  public String toString() {
    return source.toString();
  }

  private static Node node(Object value, Collection<String> variables, Set<Reference> references)
      throws ExpressionSyntaxException {
    return switch (value) {
      case String text when text.contains(TemplateText.OPEN) -> {
        TemplateText parts = TemplateText.compile(text, variables);
        references.addAll(parts.references());
        yield new Text(parts);
      }
      case Map<?, ?> map -> {
        Map<String, Node> members = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          members.put((String) entry.getKey(), node(entry.getValue(), variables, references));
        }
        yield constant(members.values()) ? new Constant(map) : new Members(members);
      }
      case List<?> list -> {
        List<Node> elements = new ArrayList<>(list.size());
        for (Object element : list) {
          elements.add(node(element, variables, references));
        }
        yield constant(elements) ? new Constant(list) : new Elements(elements);
      }
      case null, default -> new Constant(value);
    };
  }

  private static boolean constant(Iterable<Node> nodes) {
    for (Node node : nodes) {
      if (!(node instanceof Constant)) {
        return false;
      }
    }
    return true;
  }

  private sealed interface Node {
    Object render(Map<String, ?> context) throws ExpressionException;
  }

  private record Constant(Object value) implements Node {
    @Override
    public Object render(Map<String, ?> context) {
      return value;
    }
  }

  private record Text(TemplateText parts) implements Node {
    @Override
    public Object render(Map<String, ?> context) throws ExpressionException {
      return parts.render(context);
    }
  }

  private record Members(Map<String, Node> members) implements Node {
    @Override
    public Object render(Map<String, ?> context) throws ExpressionException {
      Map<String, Object> object = LinkedHashMap.newLinkedHashMap(members.size());
      for (Map.Entry<String, Node> member : members.entrySet()) {
        object.put(member.getKey(), member.getValue().render(context));
      }
      return Collections.unmodifiableMap(object);
    }
  }

  private record Elements(List<Node> elements) implements Node {
    @Override
    public Object render(Map<String, ?> context) throws ExpressionException {
      List<Object> array = new ArrayList<>(elements.size());
      for (Node element : elements) {
        array.add(element.render(context));
      }
      return Collections.unmodifiableList(array);
    }
  }
}
