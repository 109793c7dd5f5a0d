package io.penstock.benchmark.load;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongPredicate;

/** What became of each lead's webhook, as its sender sees it. */
final class Sends {
  /** In the order of certainty: a repetition of a send can only make a lead's fate better known. */
  enum Fate {
    OPEN,
    REFUSED,
    UNKNOWN,
    ACCEPTED
  }

  /**
   * @param dueNanos of the first send, from which its latency counts
   */
  record Sent(long dueNanos, Fate fate) {
    Sent better(Fate other) {
      return other.compareTo(fate) > 0 ? new Sent(dueNanos, other) : this;
    }
  }

  private final Map<String, Sent> byId = new ConcurrentHashMap<>();
  private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
  private final AtomicReference<String> firstError = new AtomicReference<>();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong repeated = new AtomicLong();

  void begun(Leads.Lead lead, long dueNanos) {
    requests.incrementAndGet();
    if (lead.repeated()) {
      repeated.incrementAndGet();
    }
    byId.putIfAbsent(lead.id(), new Sent(dueNanos, Fate.OPEN));
  }

  void answered(String id, HttpConnection.Answer answer) {
    count(Integer.toString(answer.status()));
    if (answer.isSuccess()) {
      became(id, Fate.ACCEPTED);
    } else {
      became(id, Fate.REFUSED);
      firstError.compareAndSet(null, answer.status() + " " + answer.body());
    }
  }

  void notConnected(String id, Exception why) {
    count("not-connected");
    became(id, Fate.REFUSED);
    firstError.compareAndSet(null, why.toString());
  }

  void broken(String id, Exception why) {
    count("broken");
    became(id, Fate.UNKNOWN);
    firstError.compareAndSet(null, why.toString());
  }

  private void count(String status) {
    statuses.merge(status, 1, Integer::sum);
  }

  private void became(String id, Fate fate) {
    byId.computeIfPresent(id, (any, sent) -> sent.better(fate));
  }

  Optional<Sent> of(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** When the first send of each lead was due, of those that the test holds for. */
  Map<String, Long> dueNanos(LongPredicate counts) {
    Map<String, Long> due = new HashMap<>();
    byId.forEach(
        (id, sent) -> {
          if (counts.test(sent.dueNanos())) {
            due.put(id, sent.dueNanos());
          }
        });
    return due;
  }

  long leads(Fate fate) {
    return byId.values().stream().filter(sent -> sent.fate() == fate).count();
  }

  long requests() {
    return requests.get();
  }

  long repeated() {
    return repeated.get();
  }

  Map<String, Integer> statuses() {
    return new TreeMap<>(statuses);
  }

  Optional<String> firstError() {
    return Optional.ofNullable(firstError.get());
  }
}
