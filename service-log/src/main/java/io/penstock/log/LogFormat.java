package io.penstock.log;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.logging.Handler;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.LogContext;

/** Puts the log into the form that the settings ask for, before any service says a word. */
@ApplicationScoped
public class LogFormat {
  private static final int BEFORE_THE_SERVICES = 1;

  /** Forms of a line. */
  public enum Form {
    /** For people, by {@code quarkus.log.*.format}. */
    TEXT,
    /** For machines, by {@link JsonLine}. */
    JSON
  }

  private final Form form;

  LogFormat(@ConfigProperty(name = "penstock.log.format", defaultValue = "text") Form form) {
    this.form = form;
  }

  void start(@Observes @Priority(BEFORE_THE_SERVICES) StartupEvent event) {
    switch (form) {
      case TEXT -> {}
      case JSON -> {
        for (Handler handler : LogContext.getLogContext().getLogger("").getHandlers()) {
          writeJson(handler);
        }
      }
    }
  }

  /** A handler that only passes on has others below it, and it is theirs that counts. */
  static void writeJson(Handler handler) {
    handler.setFormatter(new JsonLine());
    if (handler instanceof ExtHandler passingOn) {
      for (Handler below : passingOn.getHandlers()) {
        writeJson(below);
      }
    }
  }
}
