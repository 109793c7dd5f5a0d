package io.penstock.standalone.demo.world;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Files deals and leads; the same {@code Idempotency-Key} gets the same one again. */
final class Crm implements Service {
  private final AtomicInteger lastId = new AtomicInteger(1000);
  private final Map<String, Integer> byKey = new ConcurrentHashMap<>();

  @Override
  public Answer answer(Request request) {
    if (!request.path().equals("/crm/v3/objects/deals")
        && !request.path().equals("/crm/v3/objects/leads")) {
      return Answer.refused(404, "no such path");
    }
    Optional<String> key = request.idempotencyKey();
    if (key.isEmpty()) {
      return Answer.refused(400, "Idempotency-Key is missing");
    }
    int id = byKey.computeIfAbsent(key.get(), unseen -> lastId.incrementAndGet());
    return Answer.created(JsonNodeFactory.instance.objectNode().put("id", Integer.toString(id)));
  }
}
