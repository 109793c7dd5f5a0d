package io.penstock.simulator.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.kafka.MessageType;
import io.penstock.simulator.log.SimulatedLog;
import io.penstock.simulator.plan.Planned;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Records that are none of our messages, in several ways. */
final class Poison {
  private static final byte[] KEY = "poison".getBytes(UTF_8);

  private Poison() {}

  static void append(Planned.Poison planned, SimulatedLog log) {
    byte[] value =
        switch (planned.kind()) {
          case 0 -> new byte[] {(byte) 0xff, 0, 1, (byte) 0xfe};
          case 1 -> "{\"source\": \"shop\", \"id\": ".getBytes(UTF_8);
          case 2 -> "{}".getBytes(UTF_8);
          default -> null;
        };
    RecordHeaders headers = new RecordHeaders();
    if (planned.kind() != 0) {
      String type =
          planned.kind() == 2
              ? "io.penstock.event.accepted.v9"
              : MessageType.EVENT_ACCEPTED.ceType();
      headers.add(MessageCodec.CE_TYPE, type.getBytes(UTF_8));
    }
    var unused =
        log.append(planned.topic(), planned.partition(), KEY, value, headers, Optional.empty());
  }
}
