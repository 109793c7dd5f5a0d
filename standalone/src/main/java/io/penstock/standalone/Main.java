package io.penstock.standalone;

import io.penstock.cli.PenstockCli;
import io.penstock.soak.SoakCommand;
import io.penstock.standalone.demo.DemoCommand;
import io.penstock.standalone.dev.DevCommand;
import io.quarkus.runtime.annotations.QuarkusMain;

/** {@code penstock}: every verb of the CLI, {@code dev}, {@code demo} and {@code soak}. */
@QuarkusMain
public final class Main {
  private Main() {}

  public static void main(String... args) {
    System.exit(
        PenstockCli.commandLine(new DevCommand(), new DemoCommand(), new SoakCommand())
            .execute(args));
  }
}
