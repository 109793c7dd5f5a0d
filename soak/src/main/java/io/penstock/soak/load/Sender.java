package io.penstock.soak.load;

import io.penstock.schema.json.Json;
import io.penstock.soak.SteadyClock;
import io.penstock.soak.installation.Installation;
import io.penstock.soak.world.Events;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Delivers a webhook as any sender would: what is not answered with 2xx is sent again. */
final class Sender {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final int ACCEPTED = 202;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final URI address;
  private final Ledger ledger;

  Sender(String ingest, Ledger ledger) {
    this.address = URI.create(ingest + "/webhooks/crm");
    this.ledger = ledger;
  }

  /** Returns when it is accepted. */
  void deliver(String id) throws InterruptedException {
    byte[] body = Json.of(Events.body(id)).utf8();
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(ANSWER_WITHIN)
            .header("Content-Type", "application/json")
            .header("X-Signature", Signature.of(body, Installation.WEBHOOK_SECRET))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    ledger.sent(id, SteadyClock.now());
    Duration pause = FIRST_PAUSE;
    while (!accepted(id, request)) {
      Thread.sleep(pause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
              ? LONGEST_PAUSE
              : pause.multipliedBy(2);
    }
  }

  private boolean accepted(String id, HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != ACCEPTED) {
        return false;
      }
      ledger.accepted(id, SteadyClock.now(), executions(Json.parse(answer.body())));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Set<String> executions(Json answer) {
    Set<String> ids = new HashSet<>();
    for (Object event : (List<?>) answer.at("events")) {
      ((List<?>) ((Map<?, ?>) event).get("executions")).forEach(id -> ids.add((String) id));
    }
    return ids;
  }
}
