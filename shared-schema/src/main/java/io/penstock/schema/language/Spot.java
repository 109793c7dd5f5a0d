package io.penstock.schema.language;

/**
 * A place in a file.
 *
 * @param pointer JSON pointer from the top of the document
 * @param line from 1; 0 where the definition did not come from a file
 * @param column from 1; 0 likewise
 */
record Spot(String pointer, int line, int column) {
  static final Spot TOP_OF_WIRE = new Spot("", 0, 0);

  Spot below(String name, int atLine, int atColumn) {
    return new Spot(pointer + "/" + escape(name), atLine, atColumn);
  }

  Spot moved(int atLine, int atColumn) {
    return new Spot(pointer, atLine, atColumn);
  }

  private static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
