package io.penstock.benchmark.load;

import java.io.IOException;
import java.time.Instant;

/** Sends one webhook and keeps what came of it. Thread-safe. */
final class Sender {
  private final Connections connections;
  private final WebhookRequest request;
  private final Sends sends;
  private final Measured measured;

  Sender(Connections connections, WebhookRequest request, Sends sends, Measured measured) {
    this.connections = connections;
    this.request = request;
    this.sends = sends;
    this.measured = measured;
  }

  /**
   * @param dueNanos when it was to be sent; the answer's latency counts from here
   * @return whether it was accepted
   */
  boolean send(Leads.Lead lead, long dueNanos) throws InterruptedException {
    sends.begun(lead, dueNanos);
    try {
      HttpConnection.Answer answer = connections.exchange(request.bytes(lead, Instant.now()));
      sends.answered(lead.id(), answer);
      if (answer.isSuccess() && measured.includes(dueNanos)) {
        measured.acknowledgements().recordNanos(System.nanoTime() - dueNanos);
      }
      return answer.isSuccess();
    } catch (Connections.NotConnectedException e) {
      sends.notConnected(lead.id(), e);
    } catch (IOException e) {
      sends.broken(lead.id(), e);
    }
    return false;
  }
}
