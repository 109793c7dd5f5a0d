package io.penstock.cli.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.penstock.cli.CliException;
import io.penstock.cli.ExitCode;
import io.penstock.schema.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A JSON Patch (RFC 6902) as people hand it over: written out, in a file, or on stdin. */
final class PatchArgument {
  private PatchArgument() {}

  /**
   * @param given begins with a bracket: the patch itself; {@code -}: stdin; else a file, with or
   *     without {@code @} before its name
   * @return the array; whether it fits the requests is the server's question
   * @throws CliException if it cannot be read, or is no list of operations
   */
  static Json read(String given, InputStream stdin) {
    boolean written = given.stripLeading().startsWith("[");
    String place = written ? "the patch" : "-".equals(given) ? "the patch on stdin" : given;
    try {
      Json patch = Json.parse(written ? given.getBytes(UTF_8) : bytes(given, stdin));
      if (patch.value() instanceof List<?> operations
          && !operations.isEmpty()
          && operations.stream().allMatch(PatchArgument::isOperation)) {
        return patch;
      }
      throw new CliException(
          ExitCode.INVALID,
          place
              + " is no JSON Patch (RFC 6902); write for example [{\"op\":\"replace\",\"path\":\"/input/amount\",\"value\":5}]");
    } catch (JsonProcessingException e) {
      throw new CliException(
          ExitCode.INVALID, "%s is no JSON: %s".formatted(place, e.getOriginalMessage()));
    }
  }

  private static boolean isOperation(Object each) {
    Json operation = Json.of(each);
    return operation.at("op") instanceof String && operation.at("path") instanceof String;
  }

  private static byte[] bytes(String given, InputStream stdin) {
    if ("-".equals(given)) {
      try {
        return stdin.readAllBytes();
      } catch (IOException e) {
        throw new CliException(ExitCode.USAGE, "cannot read stdin: " + e.getMessage());
      }
    }
    Path file = Path.of(given.startsWith("@") ? given.substring(1) : given);
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.USAGE,
          "cannot read %s: %s"
              .formatted(file, Files.exists(file) ? e.getMessage() : "no such file"));
    }
  }
}
