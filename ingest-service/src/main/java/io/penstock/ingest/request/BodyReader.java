package io.penstock.ingest.request;

import io.penstock.ingest.problem.Reason;
import io.penstock.ingest.problem.RejectedException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads request bodies within limits: one too large is refused before it is in memory. */
@ApplicationScoped
public class BodyReader {
  private static final int CHUNK_BYTES = 16 << 10;

  private final InFlightBytes inFlight;

  public BodyReader(InFlightBytes inFlight) {
    this.inFlight = inFlight;
  }

  /**
   * @param contentLength as the header says; below 0: none (chunked)
   * @param maxBytes of this body
   * @throws RejectedException too large, too much in flight, or the sender went away
   */
  public Body read(InputStream in, long contentLength, long maxBytes) throws RejectedException {
    if (contentLength > maxBytes) {
      throw tooLarge(maxBytes);
    }
    Body body = new Body();
    boolean read = false;
    try {
      body.fill(in, maxBytes);
      read = true;
      return body;
    } catch (IOException e) {
      throw new RejectedException(
          Reason.MALFORMED, "the body ended early or came too slowly: send it again in full");
    } finally {
      // Also after a bug: bytes that nobody gives back end in every request being refused.
      if (!read) {
        body.close();
      }
    }
  }

  private static RejectedException tooLarge(long maxBytes) {
    return new RejectedException(
        Reason.TOO_LARGE,
        "the body has more than %d bytes: send a reference to the data instead, or raise the limit (penstock.ingest.max-body-size, for definitions penstock.ingest.max-definitions-size, for controls penstock.ingest.max-controls-size)"
            .formatted(maxBytes));
  }

  /** The bytes of one request; closed when it is answered. */
  public final class Body implements AutoCloseable {
    private byte[] bytes = {};
    private long reserved;

    private Body() {}

    /** Not a copy: nobody changes it. */
    public byte[] bytes() {
      return bytes;
    }

    private void fill(InputStream in, long maxBytes) throws IOException, RejectedException {
      if (in == null) {
        return;
      }
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      byte[] chunk = new byte[CHUNK_BYTES];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        if (all.size() + read > maxBytes) {
          throw tooLarge(maxBytes);
        }
        reserve(read);
        all.write(chunk, 0, read);
      }
      bytes = all.toByteArray();
    }

    private void reserve(int more) throws RejectedException {
      if (!inFlight.tryReserve(more)) {
        throw new RejectedException(
            Reason.OVERLOADED, "too many bytes are in flight: send the same request again later");
      }
      reserved += more;
    }

    @Override
    public void close() {
      inFlight.release(reserved);
      reserved = 0;
    }
  }
}
