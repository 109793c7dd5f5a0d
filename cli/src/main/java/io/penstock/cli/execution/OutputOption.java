package io.penstock.cli.execution;

import picocli.CommandLine.Option;

/** {@code -o}: for people or for programs. */
final class OutputOption {
  /** Forms of output. */
  enum Form {
    table,
    json
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      defaultValue = "table",
      description = "table: for people (default). json: what the server answers.")
  private Form form;

  boolean isJson() {
    return form == Form.json;
  }
}
