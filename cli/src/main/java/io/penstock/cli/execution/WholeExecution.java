package io.penstock.cli.execution;

import io.penstock.cli.output.OutputOption;
import io.penstock.schema.json.Json;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An execution with every step for programs: one value, but written step by step, since all of them
 * together may not fit into memory.
 */
final class WholeExecution {
  private final Map<String, Object> head = new LinkedHashMap<>();
  private final OutputOption.Form form;
  private boolean first = true;

  WholeExecution(Json execution, OutputOption.Form form) {
    this.form = form;
    if (execution.value() instanceof Map<?, ?> members) {
      members.forEach((name, value) -> head.put(name.toString(), value));
    }
    head.remove("steps");
    head.remove("stepsNext");
  }

  void print(AllSteps steps, PrintWriter out) {
    switch (form) {
      case table -> throw new IllegalStateException("a table is for people");
      case json -> {
        String text = OutputOption.text(form, head);
        out.print(text.substring(0, text.lastIndexOf('}')) + ",\"steps\":[");
        steps.each(step -> printJson(step, out));
        out.println("]}");
      }
      case yaml -> {
        out.print(OutputOption.text(form, head));
        steps.each(step -> printYaml(step, out));
        out.print(first ? "steps: []\n" : "");
      }
    }
    out.flush();
  }

  private void printJson(Json step, PrintWriter out) {
    out.print((first ? "\n" : ",\n") + OutputOption.text(OutputOption.Form.json, step).strip());
    first = false;
  }

  private void printYaml(Json step, PrintWriter out) {
    out.print((first ? "steps:\n" : "") + OutputOption.text(form, List.of(step)));
    first = false;
  }
}
