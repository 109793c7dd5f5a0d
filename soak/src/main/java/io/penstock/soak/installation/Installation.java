package io.penstock.soak.installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/** All members, on data below one folder. */
public final class Installation implements AutoCloseable {
  static final int PARTITIONS = 4;

  /** Signs the webhooks of source {@code crm}. */
  public static final String WEBHOOK_SECRET = "an-hmac-secret-for-the-suite-only";

  private static final Duration STOPS_WITHIN = Duration.ofSeconds(60);

  private final Addresses addresses;
  private final Guard guard;
  private final Map<Member, Server> servers;

  private Installation(Addresses addresses, Guard guard, Map<Member, Server> servers) {
    this.addresses = addresses;
    this.guard = guard;
    this.servers = servers;
  }

  /**
   * What an installation is made of.
   *
   * @param data folder of everything that the members write, logs included
   * @param binaries where PostgreSQL is unpacked, unless it is there
   * @param worldPort of what steps call
   * @param inBetween may put something between members and broker, database and world: is asked
   *     with the addresses without it
   */
  public record Plan(
      Packaged packaged,
      ClassArchives archives,
      Path data,
      Path binaries,
      int worldPort,
      UnaryOperator<Addresses> inBetween) {

    /** Nothing in between. */
    public Plan(
        Packaged packaged, ClassArchives archives, Path data, Path binaries, int worldPort) {
      this(packaged, archives, data, binaries, worldPort, UnaryOperator.identity());
    }
  }

  /** Starts nothing yet. */
  public static Installation prepare(Plan plan) throws IOException {
    Map<Member, Integer> ports = Ports.choose();
    Addresses addresses =
        plan.inBetween()
            .apply(
                new Addresses(
                    ports, ports.get(Member.BROKER), ports.get(Member.DATABASE), plan.worldPort()));
    Files.createDirectories(plan.data());
    Guard guard = Guard.start();
    Map<Member, Server> servers = new EnumMap<>(Member.class);
    for (Member member : Member.values()) {
      servers.put(member, Servers.of(member, plan, addresses, guard));
    }
    return new Installation(addresses, guard, servers);
  }

  public Addresses addresses() {
    return addresses;
  }

  public int partitions() {
    return PARTITIONS;
  }

  /** Starts those members, all at once, and does not wait for them. */
  public void start(Collection<Member> members) throws IOException {
    // PostgreSQL is waited for inside; everybody else can come up meanwhile.
    for (Member member : members) {
      if (member != Member.DATABASE) {
        servers.get(member).start();
      }
    }
    if (members.contains(Member.DATABASE)) {
      servers.get(Member.DATABASE).start();
    }
  }

  /** SIGKILL to all of them at once; returns when they are gone. */
  public void kill(Collection<Member> members) throws IOException, InterruptedException {
    List<ProcessHandle> doomed = processes(members);
    Signal.KILL.sendTo(doomed);
    gone(doomed);
  }

  /** Asks them to stop, and returns when they have. */
  public void stop(Collection<Member> members) throws IOException, InterruptedException {
    if (members.contains(Member.DATABASE)) {
      servers.get(Member.DATABASE).forget();
    }
    List<ProcessHandle> stopping = processes(members);
    Signal.TERM.sendTo(stopping);
    gone(stopping);
  }

  /** SIGSTOP: they are there, and do nothing. */
  public void freeze(Collection<Member> members) throws IOException {
    Signal.STOP.sendTo(processes(members));
  }

  /** SIGCONT. */
  public void thaw(Collection<Member> members) throws IOException {
    Signal.CONT.sendTo(processes(members));
  }

  public List<ProcessHandle> processes(Member member) {
    return servers.get(member).processes();
  }

  /** Those that cannot be used now. */
  public Set<Member> notReady() {
    Set<Member> waitedFor = EnumSet.noneOf(Member.class);
    servers.forEach(
        (member, server) -> {
          if (!server.isReady()) {
            waitedFor.add(member);
          }
        });
    return waitedFor;
  }

  /** Those without a process. */
  public Set<Member> dead() {
    Set<Member> dead = EnumSet.noneOf(Member.class);
    servers.forEach(
        (member, server) -> {
          if (server.processes().isEmpty()) {
            dead.add(member);
          }
        });
    return dead;
  }

  /** Kills what is left. */
  @Override
  public void close() {
    guard.close();
    servers.values().forEach(Server::forget);
  }

  private List<ProcessHandle> processes(Collection<Member> members) {
    return members.stream().flatMap(member -> processes(member).stream()).toList();
  }

  private static void gone(List<ProcessHandle> processes) throws IOException, InterruptedException {
    for (ProcessHandle process : processes) {
      try {
        process.onExit().get(STOPS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        throw new IOException("process " + process.pid() + " has not ended", e);
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Where a member writes what it has to say. */
  static Path log(Path data, Member member) {
    return data.resolve(member.title() + ".log");
  }
}
