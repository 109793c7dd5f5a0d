package io.penstock.standalone.demo;

import io.penstock.standalone.demo.DemoDefinitions.RealModel;
import io.penstock.standalone.demo.world.DemoWorld;
import io.penstock.standalone.demo.world.Dossier;
import io.penstock.standalone.demo.world.ScriptedFailures;
import io.penstock.standalone.dev.FrontDoor;
import io.penstock.standalone.dev.LoopbackPort;
import io.penstock.standalone.dev.Server;
import io.penstock.standalone.dev.ServerSettings;
import io.penstock.standalone.dev.StartFailedException;
import io.penstock.standalone.dev.StartPhases;
import io.penstock.standalone.dev.StopSignal;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Puts the stage up, lets the {@link Story} happen on it, and tells how it ended. */
final class Demonstration {
  private static final Duration SCRIPTED_LIMIT = Duration.ofSeconds(60);
  private static final Duration REAL_LIMIT = Duration.ofMinutes(5);
  private static final int FAILED = 1;

  /** Who meets the scripted failures: two of medium and one of high value. */
  private static final int UNAVAILABLE_FOR = 1;

  private static final int THROTTLED_FOR = 3;
  private static final int NO_NEWS_FOR = 4;

  private final Plan plan;
  private final Screen screen;
  private final StopSignal stop;
  private final StartPhases phases = new StartPhases();
  private final HttpClient client = HttpClient.newHttpClient();
  private final DemoSecrets secrets = new DemoSecrets();

  /**
   * What is to be shown.
   *
   * @param programs see {@link ServerSettings#programs()}
   * @param workflow folder of its definitions
   * @param realModel null: the scripted one
   */
  record Plan(
      int leads,
      DemoFolder folder,
      Path programs,
      Path workflow,
      RealModel realModel,
      boolean keep,
      boolean verbose) {
    private Optional<String> secretModelKey() {
      return Optional.ofNullable(realModel).map(RealModel::key);
    }
  }

  Demonstration(Plan plan, Screen screen, StopSignal stop) {
    this.plan = plan;
    this.screen = screen;
    this.stop = stop;
  }

  /**
   * @param result told before anything is torn down
   * @return exit code: 0 only if every outcome is right
   */
  int perform(Consumer<Summary> result)
      throws StartFailedException, IOException, InterruptedException {
    List<Lead> leads = Leads.of(plan.leads());
    ScriptedFailures failures =
        new ScriptedFailures(
            email(leads, UNAVAILABLE_FOR), email(leads, THROTTLED_FOR), email(leads, NO_NEWS_FOR));
    try (DemoWorld world = DemoWorld.start(dossiers(leads), secrets.credentials(), failures)) {
      announce(world);
      Path secretsFolder = plan.folder().path().resolve("secrets");
      secrets.writeTo(secretsFolder, world.url(), plan.secretModelKey().orElse(null));
      System.setProperty("penstock.secrets.directory", secretsFolder.toString());
      ServerSettings settings =
          new ServerSettings(
              LoopbackPort.free(),
              LoopbackPort.free(),
              ServerSettings.PARTITIONS,
              plan.folder().path(),
              plan.programs(),
              plan.verbose());
      try (Server server = Server.start(settings, client, phases)) {
        screen.done(
            "ready after %s: Kafka, PostgreSQL, all services on %s"
                .formatted(seconds(phases.sinceBegin()), server.url()));
        if (plan.verbose()) {
          screen.line("  " + phases);
        }
        return perform(leads, failures, world, server, result);
      } catch (StartFailedException | IOException e) {
        plan.folder().keep();
        throw e;
      }
    }
  }

  private int perform(
      List<Lead> leads,
      ScriptedFailures failures,
      DemoWorld world,
      Server server,
      Consumer<Summary> result)
      throws StartFailedException, IOException, InterruptedException {
    FrontDoor door = new FrontDoor(client, server.url());
    apply(door, world);
    server.open();
    LeadWebhook webhook =
        new LeadWebhook(secrets.webhookSecret(), Long.toHexString(System.currentTimeMillis()));
    Story story = new Story(door, new ReadSide(client, server.url()), world, webhook, screen);
    story.send(leads);
    screen.done(
        "%d signed webhooks sent, and the one for %s a second time"
            .formatted(leads.size(), leads.get(0).name()));
    screen.line("");
    boolean scripted = plan.realModel() == null;
    Story.Ending ending =
        story.watch(
            failures,
            scripted,
            scripted ? SCRIPTED_LIMIT : REAL_LIMIT,
            () -> stop.received().isDone());
    if (stop.received().isDone()) {
      screen.line("stopped before all of them had ended");
      return stop.received().getNow(FAILED);
    }
    tell(ending, leads);
    result.accept(ending.summary());
    if (plan.keep()) {
      stay(server, world);
    } else if (!ending.problems().isEmpty()) {
      plan.folder().keep();
    }
    return ending.problems().isEmpty() ? 0 : FAILED;
  }

  private void announce(DemoWorld world) {
    screen.done(
        "simulated world on %s: companies, contacts, news, %s, CRM, chat"
            .formatted(
                world.url().substring("http://".length()),
                plan.realModel() == null ? "scripted-model" : "no model"));
    if (plan.realModel() != null) {
      screen.done(
          "real model: %s at %s".formatted(plan.realModel().name(), plan.realModel().baseUrl()));
    }
  }

  private void apply(FrontDoor door, DemoWorld world)
      throws StartFailedException, IOException, InterruptedException {
    Map<String, String> files = DemoDefinitions.of(plan.workflow(), world.url(), plan.realModel());
    List<String> problems = door.apply(files);
    if (!problems.isEmpty()) {
      throw new StartFailedException(
          "the definitions in %s were refused:%n%s"
              .formatted(plan.workflow(), String.join(System.lineSeparator(), problems)));
    }
    screen.done("definitions applied, %d files of them".formatted(files.size()));
  }

  private void tell(Story.Ending ending, List<Lead> leads) {
    screen.line("");
    screen.line(ResultTable.of(leads, ending.progress()));
    if (ending.problems().isEmpty()) {
      screen.done(ending.summary().toString());
      screen.done(Mishaps.of(ending.progress().values()).toString());
      screen.done(
          "every outcome is right: enrichments, scores, routes, CRM entries, messages, deduplication");
    } else {
      screen.bad(ending.summary().toString());
      ending.problems().forEach(screen::bad);
      screen.line("The log is " + plan.folder().path().resolve("penstock.log"));
    }
  }

  private void stay(Server server, DemoWorld world) throws InterruptedException {
    plan.folder().keep();
    screen.line(
        "Everything stays until Ctrl-C: http %s  kafka %s  postgres %s  world %s  data %s"
            .formatted(
                server.url(),
                server.bootstrapServers(),
                server.jdbcUrl(),
                world.url(),
                plan.folder().path()));
    try {
      stop.received().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Optional<String> email(List<Lead> leads, int index) {
    return index < leads.size() ? Optional.of(leads.get(index).email()) : Optional.empty();
  }

  private static Map<String, Dossier> dossiers(List<Lead> leads) {
    return leads.stream().collect(Collectors.toMap(Lead::email, Lead::dossier));
  }

  private static String seconds(Duration duration) {
    return "%.1f s".formatted(duration.toMillis() / 1000.0);
  }
}
