package io.penstock.ingest.signature;

import io.penstock.ingest.problem.Reason;
import io.penstock.ingest.problem.RejectedException;
import io.penstock.ingest.request.IncomingRequest;
import io.penstock.schema.definition.Source;
import io.penstock.schema.secret.UnknownSecretException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a request for the proof that its source's definition demands. */
@ApplicationScoped
public class SenderProof {
  private static final Logger LOG = LoggerFactory.getLogger(SenderProof.class);

  private final CachedSecrets secrets;
  private final Clock clock = Clock.systemUTC();

  SenderProof(CachedSecrets secrets) {
    this.secrets = secrets;
  }

  /**
   * @throws RejectedException {@code signature}, with the same words whatever was wrong; {@code
   *     secret} when a secret that could have proven the sender is not to be had: that is our fault
   *     and not the sender's, who should try again
   */
  public void require(Source source, IncomingRequest request) throws RejectedException {
    Source.Signature scheme = source.signature();
    List<byte[]> keys = new ArrayList<>();
    boolean allKnown = true;
    for (String reference : SignatureCheck.secretsOf(scheme)) {
      Optional<byte[]> key = key(source, reference);
      key.ifPresent(keys::add);
      allKnown &= key.isPresent();
    }
    if (SignatureCheck.accepts(scheme, request, keys, clock.instant())) {
      return;
    }
    if (!allKnown) {
      throw new RejectedException(
          Reason.SECRET, "a secret of this source cannot be read: the log of the server names it");
    }
    throw new RejectedException(
        Reason.SIGNATURE,
        "the request is not signed as this source demands: check secret, headers, clock, and that nothing on the way changes the body");
  }

  private Optional<byte[]> key(Source source, String reference) {
    try {
      Optional<byte[]> key =
          SignatureCheck.key(source.signature(), secrets.find(reference).reveal());
      if (key.isEmpty()) {
        unusable(source, reference, "it is empty, or not in the form of the source's scheme");
      }
      return key;
    } catch (UnknownSecretException e) {
      unusable(source, reference, e.getMessage());
      return Optional.empty();
    }
  }

  private static void unusable(Source source, String reference, String why) {
    LOG.atError()
        .addKeyValue("source", source.name())
        .addKeyValue("secret", reference)
        .addKeyValue("reason", why)
        .log("a secret of a source cannot be used");
  }
}
