package io.penstock.console.alert;

import io.penstock.schema.definition.Alert;
import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.expression.Variables;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which occurrences an alert wants to tell of. */
final class AlertFilter {
  private static final Logger LOG = LoggerFactory.getLogger(AlertFilter.class);

  private AlertFilter() {}

  /**
   * A condition that cannot be decided lets it through: one message too many says what is wrong.
   */
  static boolean wants(Alert alert, Occurrence occurrence) {
    if (alert.when().isEmpty()) {
      return true;
    }
    try {
      return alert.when().get().test(Map.of(Variables.INPUT, occurrence.data()));
    } catch (ExpressionException e) {
      LOG.atWarn()
          .addKeyValue("alert", alert.name())
          .addKeyValue("version", alert.version())
          .addKeyValue("executionId", occurrence.execution())
          .addKeyValue("reason", e.getMessage())
          .log("an alert's condition could not be decided and was taken for true");
      return true;
    }
  }
}
