package io.penstock.ingest.webhook;

import io.penstock.ingest.accept.EventIntake;
import io.penstock.ingest.definition.KnownDefinitions;
import io.penstock.ingest.event.IncomingEvent;
import io.penstock.ingest.mapping.RequestMapping;
import io.penstock.ingest.problem.Reason;
import io.penstock.ingest.problem.RejectedException;
import io.penstock.ingest.request.BodyReader;
import io.penstock.ingest.request.ContentType;
import io.penstock.ingest.request.IncomingRequest;
import io.penstock.ingest.request.RequestReader;
import io.penstock.ingest.request.StrictJson;
import io.penstock.ingest.signature.SenderProof;
import io.penstock.ingest.start.IngestConfig;
import io.penstock.schema.definition.Source;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes one webhook through its checks, cheap and safe ones first: size, source, signature and
 * clock, content type, syntax, mapping, and then what all events share. Nothing is looked at before
 * the sender is proven, and nothing is published before all is right.
 */
@ApplicationScoped
public class WebhookReceiver {
  private final IngestConfig config;
  private final BodyReader bodies;
  private final KnownDefinitions definitions;
  private final SenderProof proof;
  private final EventIntake intake;

  WebhookReceiver(
      IngestConfig config,
      BodyReader bodies,
      KnownDefinitions definitions,
      SenderProof proof,
      EventIntake intake) {
    this.config = config;
    this.bodies = bodies;
    this.definitions = definitions;
    this.proof = proof;
    this.intake = intake;
  }

  Map<String, Object> receive(String name, HttpServerRequest http, InputStream stream)
      throws RejectedException {
    try (BodyReader.Body body =
        bodies.read(
            stream, RequestReader.contentLength(http), config.maxBodySize().asLongValue())) {
      IncomingRequest request = RequestReader.read(http, body.bytes());
      Source source = source(name);
      proof.require(source, request);
      requireJson(request);
      List<IncomingEvent> events =
          new RequestMapping(source, () -> UUID.randomUUID().toString())
              .events(request, StrictJson.parse(request.body()), config.maxEventsPerRequest());
      return intake.accept(events);
    }
  }

  private Source source(String name) throws RejectedException {
    return definitions
        .index()
        .find(Source.class, name)
        .orElseThrow(
            () ->
                new RejectedException(
                    Reason.UNKNOWN_SOURCE,
                    "no source of this name is defined: check the address, or apply a definition of kind Source"));
  }

  private static void requireJson(IncomingRequest request) throws RejectedException {
    Optional<ContentType> type = ContentType.of(request.headers().get("content-type"));
    if (type.isEmpty() || !type.get().isJson()) {
      throw new RejectedException(
          Reason.CONTENT_TYPE,
          "webhooks are read as application/json, application/*+json or application/cloudevents+json");
    }
  }
}
