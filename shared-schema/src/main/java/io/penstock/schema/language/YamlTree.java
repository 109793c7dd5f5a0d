package io.penstock.schema.language;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML documents one after the other from the parser's events. The trees are built here and
 * not by the YAML library, so that every value keeps its place and that depth, aliases and size are
 * limited while reading and not afterwards.
 */
final class YamlTree {
  static final int MAX_DEPTH = 50;
  static final int MAX_ALIASES = 50;

  /** Values in one document, those behind aliases counted each time. */
  static final int MAX_NODES = 20_000;

  private final Iterator<Event> events;
  private final List<String> lines;
  private final Map<Anchor, Weighed> anchors = new HashMap<>();
  private int aliases;
  private int nodes;

  YamlTree(String text) {
    this.lines = text.lines().toList();
    LoadSettings settings =
        LoadSettings.builder().setUseMarks(true).setCodePointLimit(YamlText.MAX_FILE_BYTES).build();
    this.events = new Parse(settings).parseString(text).iterator();
  }

  /** The next document; empty at the end. */
  Optional<Node> next() throws UnreadableException {
    try {
      while (events.hasNext()) {
        if (events.next().getEventId() == Event.ID.DocumentStart) {
          anchors.clear();
          aliases = 0;
          nodes = 0;
          return Optional.of(node(events.next(), new Spot("", 1, 1)));
        }
      }
      return Optional.empty();
    } catch (MarkedYamlEngineException e) {
      throw new UnreadableException(spot(e.getProblemMark()), YamlAdvice.about(e));
    } catch (YamlEngineException e) {
      throw new UnreadableException(new Spot("", 1, 1), YamlAdvice.about(e));
    }
  }

  private Node node(Event event, Spot above) throws UnreadableException {
    return node(event, above, 0);
  }

  private Node node(Event event, Spot spot, int depth) throws UnreadableException {
    Spot here = place(spot, event);
    if (depth > MAX_DEPTH) {
      throw new UnreadableException(
          here, "nested deeper than " + MAX_DEPTH + " levels; flatten it");
    }
    if (event instanceof AliasEvent alias) {
      return alias(alias, here);
    }
    count(1, here);
    int before = nodes;
    Node node =
        switch (event) {
          case ScalarEvent scalar -> scalar(scalar, here);
          case SequenceStartEvent start -> sequence(start, here, depth);
          case MappingStartEvent start -> mapping(start, here, depth);
          default -> throw new UnreadableException(here, "a value is expected here");
        };
    if (event instanceof NodeEvent anchored && anchored.getAnchor().isPresent()) {
      anchors.put(anchored.getAnchor().get(), new Weighed(node, 1 + nodes - before));
    }
    return node;
  }

  private Node alias(AliasEvent event, Spot here) throws UnreadableException {
    Weighed known = anchors.get(event.getAlias());
    if (known == null) {
      throw new UnreadableException(
          here, "there is no finished anchor &" + event.getAlias() + " before this alias");
    }
    if (++aliases > MAX_ALIASES) {
      throw new UnreadableException(
          here, "more than " + MAX_ALIASES + " aliases in one document; write the values out");
    }
    count(known.weight(), here);
    return known.node();
  }

  private void count(int more, Spot here) throws UnreadableException {
    nodes += more;
    if (nodes > MAX_NODES) {
      throw new UnreadableException(
          here, "more than " + MAX_NODES + " values in one document, aliases counted; split it");
    }
  }

  private Node scalar(ScalarEvent event, Spot here) throws UnreadableException {
    refuseTag(event.getTag(), here);
    String text = event.getValue();
    if (event.isPlain() && CoreScalar.isNotFinite(text)) {
      throw new UnreadableException(here, "'" + text + "' is no number that JSON has");
    }
    Object value = event.isPlain() ? CoreScalar.resolve(text) : text;
    ScalarPlace place = new ScalarPlace(here, text, event.getScalarStyle(), lines);
    return new Node.Scalar(here, value, place::inside);
  }

  private Node sequence(CollectionStartEvent start, Spot here, int depth)
      throws UnreadableException {
    refuseTag(start.getTag(), here);
    List<Node> elements = new ArrayList<>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.SequenceEnd) {
      elements.add(node(event, here.below(String.valueOf(elements.size()), 0, 0), depth + 1));
      event = events.next();
    }
    return new Node.Sequence(here, List.copyOf(elements));
  }

  private Node mapping(CollectionStartEvent start, Spot here, int depth)
      throws UnreadableException {
    refuseTag(start.getTag(), here);
    Map<String, Node> members = new LinkedHashMap<>();
    Map<String, Spot> names = new LinkedHashMap<>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.MappingEnd) {
      if (!(event instanceof ScalarEvent key)) {
        throw new UnreadableException(
            place(here, event), "a name must be plain text; put {{ … }} in quotes");
      }
      String name = key.getValue();
      Spot at = place(here.below(name, 0, 0), event);
      refuseTag(key.getTag(), at);
      if (names.put(name, at) != null) {
        throw new UnreadableException(
            at, "'" + name + "' stands twice in this object; remove one of them");
      }
      members.put(name, node(events.next(), at, depth + 1));
      event = events.next();
    }
    return new Node.Mapping(here, members, names);
  }

  private static void refuseTag(Optional<String> tag, Spot here) throws UnreadableException {
    if (tag.isPresent() && !tag.get().equals("!")) {
      throw new UnreadableException(
          here, "YAML tags (!…) are not used here; write plain values and quote text");
    }
  }

  private static Spot place(Spot spot, Event event) {
    Spot at = spot(event.getStartMark());
    return spot.moved(at.line(), at.column());
  }

  private static Spot spot(Optional<Mark> mark) {
    return mark.map(at -> new Spot("", at.getLine() + 1, at.getColumn() + 1))
        .orElse(new Spot("", 1, 1));
  }

  /** A value and how many values it consists of. */
  private record Weighed(Node node, int weight) {}
}
