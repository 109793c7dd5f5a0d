package io.penstock.standalone;

import io.penstock.cli.PenstockCli;
import io.penstock.simulator.SimulateCommand;
import io.penstock.soak.SoakCommand;
import io.penstock.standalone.demo.DemoCommand;
import io.penstock.standalone.dev.DevCommand;
import io.quarkus.runtime.annotations.QuarkusMain;

/** {@code penstock}: every verb of the CLI, and those that start something of their own. */
@QuarkusMain
public final class Main {
  private Main() {}

  public static void main(String... args) {
    System.exit(
        PenstockCli.commandLine(
                new DevCommand(), new DemoCommand(), new SimulateCommand(), new SoakCommand())
            .execute(args));
  }
}
