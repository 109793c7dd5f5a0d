package io.penstock.log;

import io.penstock.schema.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/**
 * One JSON object a line:
 *
 * <pre>{@code
 * {"timestamp":"2026-01-01T10:00:00.123Z","level":"WARN","logger":"io.penstock.worker.runtime.CommandWork",
 *  "thread":"notify","executionId":"lead~7g0…","step":"tell","attempt":"2","message":"…"}
 * }</pre>
 *
 * <p>Values of our own loggers whose names {@link LeadingValues} knows become members; all others
 * stand in the message, {@code name=value}, as they do in the text form.
 */
final class JsonLine extends ExtFormatter {
  private static final String OURS = "io.penstock.";

  @Override
  public String format(ExtLogRecord record) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("timestamp", record.getInstant().toString());
    line.put("level", record.getLevel().getName());
    line.put("logger", record.getLoggerName());
    line.put("thread", record.getThreadName());
    String message = formatMessage(record);
    if (record.getLoggerName() != null && record.getLoggerName().startsWith(OURS)) {
      message = LeadingValues.moveTo(line, message);
    }
    line.put("message", message);
    if (record.getThrown() != null) {
      line.put("stackTrace", stackTrace(record.getThrown()));
    }
    return new String(JsonMapper.write(line), StandardCharsets.UTF_8) + '\n';
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
