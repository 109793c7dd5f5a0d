package io.penstock.worker.call;

import io.penstock.schema.definition.Api;
import io.penstock.schema.definition.CallLimits;
import io.penstock.schema.definition.Channel;
import io.penstock.schema.definition.Model;
import java.util.Locale;

/**
 * Whose limits hold for a call.
 *
 * @param kind of definition; two of different kinds may have the same name
 */
public record Callee(String kind, String name, CallLimits limits) {
  public static Callee of(Api api) {
    return new Callee("Api", api.name(), api.limits());
  }

  public static Callee of(Model model) {
    return new Callee("Model", model.name(), model.limits());
  }

  public static Callee of(Channel channel) {
    return new Callee("Channel", channel.name(), channel.limits());
  }

  /** Of its guard, and in metrics: {@code api/crm}. */
  String guard() {
    return kind.toLowerCase(Locale.ROOT) + "/" + name;
  }

  /** For messages: {@code Api 'crm'}. */
  @Override
  public String toString() {
    return "%s '%s'".formatted(kind, name);
  }
}
