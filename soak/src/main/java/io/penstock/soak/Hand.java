package io.penstock.soak;

public final class Hand {
  public static void main(String[] a) {
    System.exit(new picocli.CommandLine(new SoakCommand()).execute(a));
  }
}
