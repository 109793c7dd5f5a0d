package io.penstock.schema.definition;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * A language model behind an OpenAI-compatible API.
 *
 * @param model name that the provider knows
 * @param baseUrl of the API, up to and including {@code /v1}
 * @param apiKey reference {@code secret://name/key}; absent for servers without one
 * @param prices absent: cost is unknown, which is not zero
 * @param timeout of one call; models think long
 * @param limits of all steps' calls together
 */
public record Model(
    String name,
    String model,
    URI baseUrl,
    Optional<String> apiKey,
    Optional<Prices> prices,
    Duration timeout,
    boolean allowPrivateAddresses,
    CallLimits limits)
    implements Definition {
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(2);

  @Override
  public DefinitionKey key() {
    return new DefinitionKey("Model", name, Optional.empty());
  }

  /** US dollars for a million tokens. */
  public record Prices(BigDecimal input, BigDecimal output) {
    /** Millionths of a US dollar, half up. */
    public long costMicroUsd(long inputTokens, long outputTokens) {
      return input
          .multiply(BigDecimal.valueOf(inputTokens))
          .add(output.multiply(BigDecimal.valueOf(outputTokens)))
          .setScale(0, java.math.RoundingMode.HALF_UP)
          .longValueExact();
    }
  }
}
