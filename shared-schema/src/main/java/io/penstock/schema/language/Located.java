package io.penstock.schema.language;

import io.penstock.schema.definition.Definition;
import io.penstock.schema.json.Json;

/**
 * A definition with where it came from.
 *
 * @param json the form on the wire, members in the order in which they were written; comments and
 *     notation do not matter, so it is what a digest is taken of
 * @param places for problems that are found later
 */
public record Located<D extends Definition>(D definition, Json json, Places places) {}
