package io.penstock.standalone.demo;

import io.penstock.standalone.demo.DemoDefinitions.RealModel;
import io.penstock.standalone.dev.StartFailedException;
import io.penstock.standalone.dev.StopSignal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code penstock demo}: the whole way of an event, seen on one screen. */
@Command(
    name = "demo",
    description = {
      "Show the whole way: signed webhooks in, AI decisions and business actions out.",
      "Starts everything on free ports of this machine, with a simulated world around it (three",
      "enrichment APIs, a scripted model, a CRM, a chat channel), and checks every outcome.",
      "Its data lies below .penstock/demo of the current folder and is removed at the end."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  penstock demo",
      "  penstock demo --leads 50 --json | jq",
      "  penstock demo --keep"
    })
public final class DemoCommand implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int MOST_LEADS = 200;
  private static final Path FOLDER = Path.of(".penstock");

  @Option(
      names = "--leads",
      defaultValue = "9",
      description = "How many leads come in, 1 to 200 (default: ${DEFAULT-VALUE}).")
  int leads;

  @Option(
      names = "--json",
      description = "One JSON line with the result on standard output, all else on standard error.")
  boolean json;

  @Option(
      names = "--keep",
      description = "Leave everything running at the end, and its data in place.")
  boolean keep;

  @Option(
      names = "--real-model",
      description =
          "Ask the model behind OPENAI_API_KEY, OPENAI_BASE_URL and OPENAI_MODEL instead of the scripted one. It is sent the made-up leads.")
  boolean realModel;

  @Option(names = "--verbose", description = "Show the log too.")
  boolean verbose;

  @Spec CommandSpec command;

  @Override
  public Integer call() throws InterruptedException {
    if (leads < 1 || leads > MOST_LEADS) {
      throw new ParameterException(
          command.commandLine(), "--leads is %d; accepted is 1 to %d".formatted(leads, MOST_LEADS));
    }
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    Screen screen = screen(out, err);
    try (DemoFolder folder = DemoFolder.create(FOLDER.resolve("demo"))) {
      Demonstration.Plan plan =
          new Demonstration.Plan(
              leads,
              folder,
              FOLDER.resolve("postgresql"),
              workflowFolder(),
              realModel ? realModel() : null,
              keep,
              verbose);
      return new Demonstration(plan, screen, StopSignal.listen())
          .perform(summary -> printJson(out, summary));
    } catch (StartFailedException | IOException e) {
      err.println("penstock demo: " + e.getMessage());
      return FAILED;
    }
  }

  private void printJson(PrintWriter out, Summary summary) {
    if (json) {
      out.println(summary.json());
      out.flush();
    }
  }

  private Screen screen(PrintWriter out, PrintWriter err) {
    String stream = json ? "stderr" : "stdout";
    return Screen.of(
        json ? err : out,
        Charset.forName(System.getProperty(stream + ".encoding", Charset.defaultCharset().name())),
        System.getenv(),
        System.getProperty("penstock.terminal." + stream));
  }

  /** The start script says where the repository is. */
  private static Path workflowFolder() {
    return Path.of(System.getProperty("penstock.home", ""))
        .resolve("workflows")
        .resolve("lead-qualification");
  }

  private static RealModel realModel() throws StartFailedException {
    Map<String, String> environment = System.getenv();
    String key = environment.getOrDefault("OPENAI_API_KEY", "");
    if (key.isEmpty()) {
      throw new StartFailedException(
          "--real-model needs the model's key in the environment variable OPENAI_API_KEY (and its address in OPENAI_BASE_URL, unless it is OpenAI)");
    }
    return new RealModel(
        environment.getOrDefault("OPENAI_MODEL", "gpt-4o-mini"),
        environment.getOrDefault("OPENAI_BASE_URL", "https://api.openai.com/v1"),
        key);
  }
}
