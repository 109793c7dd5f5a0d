package io.penstock.schema.language;

/** Where the parts of a definition stand in its file. */
public final class Places {
  private final String file;
  private final Node top;

  Places(String file, Node top) {
    this.file = file;
    this.top = top;
  }

  /** As the caller named it; empty for what came over the wire. */
  public String file() {
    return file;
  }

  /**
   * A problem at a JSON pointer; where nothing stands there, at the nearest thing above it.
   *
   * @param pointer e.g. {@code /steps/2/notify}
   */
  public Problem problem(String pointer, String message) {
    Spot spot = top.spot();
    Node here = top;
    for (String part : pointer.split("/", -1)) {
      String name = part.replace("~1", "/").replace("~0", "~");
      if (here instanceof Node.Mapping mapping && mapping.members().containsKey(name)) {
        spot = mapping.names().get(name);
        here = mapping.members().get(name);
      } else if (here instanceof Node.Sequence sequence && isIndex(name, sequence)) {
        here = sequence.elements().get(Integer.parseInt(name));
        spot = here.spot();
      }
    }
    Spot place = here instanceof Node.Scalar ? here.spot() : spot;
    return new Problem(file, place.line(), place.column(), pointer, message);
  }

  private static boolean isIndex(String name, Node.Sequence sequence) {
    return name.matches("[0-9]{1,6}") && Integer.parseInt(name) < sequence.elements().size();
  }
}
