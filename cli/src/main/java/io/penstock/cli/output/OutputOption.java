package io.penstock.cli.output;

import io.penstock.cli.terminal.Printable;
import io.penstock.schema.json.Json;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** {@code -o}: for people or for programs. The same on every verb that prints data. */
public final class OutputOption {
  /** Forms of output. */
  public enum Form {
    table,
    json,
    yaml
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json|yaml",
      defaultValue = "table",
      description =
          "table: for people, may change (default). json, yaml: for programs, members are only ever added.")
  private Form form;

  public Form form() {
    return form;
  }

  public boolean isTable() {
    return form == Form.table;
  }

  /**
   * Prints a whole value for a program: a line of JSON, or a YAML document.
   *
   * @param value what {@link Json#of} takes
   */
  public void print(PrintWriter out, Object value) {
    out.print(text(form, value));
    out.flush();
  }

  /**
   * Prints one of several values, of which nobody knows yet how many there will be: JSON lines, or
   * YAML documents with {@code ---} before each.
   */
  public void printNext(PrintWriter out, Object value) {
    if (form == Form.yaml) {
      out.println("---");
    }
    print(out, value);
  }

  /** A value in one of the forms for programs, with a line end behind it. */
  public static String text(Form form, Object value) {
    return switch (form) {
      case table -> throw new IllegalStateException("a table is for people");
      case json -> Printable.json(Json.of(value).toString()) + "\n";
      case yaml -> Yaml.document(value);
    };
  }
}
