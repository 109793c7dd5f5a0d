package io.penstock.schema.language;

import io.penstock.schema.definition.Definition;
import io.penstock.schema.definition.Model;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Set;

/** Reads a {@code Model}. */
final class ModelReader {
  private static final URI MISSING = URI.create("http://missing.invalid");
  private static final double MAX_PRICE = 100_000;

  private final Fields fields;
  private final Values values;

  private ModelReader(Fields fields) {
    this.fields = fields;
    this.values = new Values(fields.problems());
  }

  static Definition read(Fields fields) {
    return new ModelReader(fields).read();
  }

  private Model read() {
    Model model =
        new Model(
            fields.require("name", "default").flatMap(values::name).orElse(""),
            fields.require("model", "gpt-4o-mini").flatMap(values::text).orElse(""),
            fields
                .require("baseUrl", "https://api.example.com/v1")
                .flatMap(values::url)
                .orElse(MISSING),
            fields.find("apiKey").flatMap(values::secret),
            fields.find("prices").map(this::prices),
            StepReader.timeout(fields, values).orElse(Model.DEFAULT_TIMEOUT),
            fields.find("allowPrivateAddresses").flatMap(values::bool).orElse(false),
            CallLimitsReader.read(fields));
    fields.done(Set.of("provider", "tier", "retry", "description"));
    return model;
  }

  private Model.Prices prices(Node node) {
    Fields prices = Fields.of(node, "prices", fields.problems());
    Model.Prices read = new Model.Prices(price(prices, "input"), price(prices, "output"));
    prices.done();
    return read;
  }

  private BigDecimal price(Fields prices, String name) {
    return prices
        .require(name, "0.15")
        .flatMap(node -> values.number(node, 0, MAX_PRICE))
        .map(number -> BigDecimal.valueOf(number).stripTrailingZeros())
        .orElse(BigDecimal.ZERO);
  }
}
