package io.penstock.simulator.language;

/** What generated workflows name. */
public final class SupportingDefinitions {
  static final String API = "things";
  static final String CHANNEL = "people";
  static final String PROMPT = "oracle";

  /** The event that starts them. */
  public static final String SOURCE = "simulator";

  public static final String EVENT_TYPE = "started";

  /** Several documents. */
  public static final String YAML =
      """
      kind: Source
      name: simulator
      signature: {scheme: none}
      event: {id: random, type: started}
      ---
      kind: Api
      name: things
      baseUrl: https://things.example
      ---
      kind: Channel
      name: people
      type: slack
      url: secret://slack/people
      ---
      kind: Model
      name: small
      model: small
      baseUrl: https://models.example/v1
      ---
      kind: Prompt
      name: oracle
      version: 1.0.0
      model: small
      user: "{{ vars.it }}"
      output: {type: object}
      """;

  private SupportingDefinitions() {}
}
