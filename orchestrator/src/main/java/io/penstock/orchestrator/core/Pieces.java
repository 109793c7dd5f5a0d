package io.penstock.orchestrator.core;

import io.penstock.schema.json.Json;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepPath;
import java.util.Map;
import java.util.Optional;

/**
 * Read port: the stored pieces of one execution. Only what a decision touches is read, so a
 * decision in an execution of ten thousand steps costs what it costs in one of ten.
 */
public interface Pieces {
  Optional<ExecutionControl> control();

  Optional<Scope> scope(ScopePath path);

  /**
   * The running scopes at a place: that one, and all inside it. As many as are at work at a time;
   * asked for only when a timer fired, an operator wishes something, or a part of the tree ends
   * early.
   */
  Map<ScopePath, Scope> scopes(ScopePath under);

  Optional<Output> output(StepPath path);

  /**
   * Items of a foreach.
   *
   * @param slice its number, from 0
   */
  Optional<ItemSlice> items(StepPath foreach, int slice);

  /** What the execution was started with. */
  Optional<Json> input();

  /** An execution of which nothing is stored. */
  Pieces NONE =
      new Pieces() {
        @Override
        public Optional<ExecutionControl> control() {
          return Optional.empty();
        }

        @Override
        public Optional<Scope> scope(ScopePath path) {
          return Optional.empty();
        }

        @Override
        public Map<ScopePath, Scope> scopes(ScopePath under) {
          return Map.of();
        }

        @Override
        public Optional<Output> output(StepPath path) {
          return Optional.empty();
        }

        @Override
        public Optional<ItemSlice> items(StepPath foreach, int slice) {
          return Optional.empty();
        }

        @Override
        public Optional<Json> input() {
          return Optional.empty();
        }
      };
}
