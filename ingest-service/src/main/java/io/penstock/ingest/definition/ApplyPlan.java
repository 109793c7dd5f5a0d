package io.penstock.ingest.definition;

import io.penstock.schema.definition.Alert;
import io.penstock.schema.definition.Api;
import io.penstock.schema.definition.Channel;
import io.penstock.schema.definition.Definition;
import io.penstock.schema.definition.DefinitionKey;
import io.penstock.schema.definition.Model;
import io.penstock.schema.definition.Prompt;
import io.penstock.schema.definition.Source;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.json.Json;
import io.penstock.schema.language.Located;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What applying some definitions changes, given what stands on the topic. Pure.
 *
 * @param results by key, in the order of the files
 * @param toWrite what has to be written: the created and updated ones
 * @param conflicts versions that stand with other content, and are immutable; if there is one,
 *     nothing may be written
 */
record ApplyPlan(
    Map<DefinitionKey, Result> results,
    Map<DefinitionKey, Json> toWrite,
    List<DefinitionKey> conflicts) {

  /** What applying does to one definition. */
  enum Result {
    CREATED,
    UPDATED,
    UNCHANGED
  }

  /**
   * @param onTopic what stands there, each key once
   * @param wanted no two of them with the same key
   */
  static ApplyPlan of(List<Located<Definition>> onTopic, List<Located<Definition>> wanted) {
    Map<DefinitionKey, Json> present = new HashMap<>();
    onTopic.forEach(located -> present.put(located.definition().key(), located.json()));
    Map<DefinitionKey, Result> results = new LinkedHashMap<>();
    Map<DefinitionKey, Json> toWrite = new LinkedHashMap<>();
    List<DefinitionKey> conflicts = new ArrayList<>();
    for (Located<Definition> located : wanted) {
      DefinitionKey key = located.definition().key();
      Result result = compare(present.get(key), located.json());
      results.put(key, result);
      if (result == Result.UPDATED && key.version().isPresent()) {
        conflicts.add(key);
      }
    }
    for (Located<Definition> located : namedBeforeNaming(wanted)) {
      DefinitionKey key = located.definition().key();
      if (results.get(key) != Result.UNCHANGED) {
        toWrite.put(key, located.json());
      }
    }
    return new ApplyPlan(results, toWrite, conflicts);
  }

  /**
   * A reader that is half way through has nothing that names what it has not: a workflow comes
   * behind all that its steps use, and a source behind the workflows that it starts, or its first
   * events would be accepted and start nothing.
   */
  private static List<Located<Definition>> namedBeforeNaming(List<Located<Definition>> wanted) {
    return wanted.stream()
        .sorted(Comparator.comparingInt(located -> rank(located.definition())))
        .toList();
  }

  private static int rank(Definition definition) {
    return switch (definition) {
      case Api ignored -> 0;
      case Channel ignored -> 0;
      case Model ignored -> 0;
      case Prompt ignored -> 1;
      case Alert ignored -> 1;
      case Workflow ignored -> 2;
      case Source ignored -> 3;
    };
  }

  /** The order of members, notation and comments make no difference. */
  private static Result compare(Json present, Json wanted) {
    if (present == null) {
      return Result.CREATED;
    }
    return present.value().equals(wanted.value()) ? Result.UNCHANGED : Result.UPDATED;
  }
}
