package io.penstock.ingest.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.ingest.problem.Reason;
import io.penstock.ingest.problem.RejectedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class BodyReaderTest {
  private static final long UNKNOWN = -1;

  private final InFlightBytes inFlight = new InFlightBytes(1 << 20);
  private final BodyReader reader = new BodyReader(inFlight);

  @Test
  void a_body_of_exactly_the_limit_is_read() throws Exception {
    try (BodyReader.Body body = reader.read(bytes(1000), UNKNOWN, 1000)) {
      assertThat(body.bytes()).hasSize(1000);
    }
  }

  @Test
  void a_declared_length_over_the_limit_is_refused_before_a_byte_is_read() {
    InputStream untouchable =
        new Chunks() {
          @Override
          public int read(byte[] into, int from, int most) {
            throw new AssertionError("read");
          }
        };
    assertThat(refusal(untouchable, 1001, 1000)).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void an_endless_body_is_refused_when_it_passes_the_limit() {
    InputStream endless =
        new Chunks() {
          private int served;

          @Override
          public int read(byte[] into, int from, int most) {
            served += most;
            assertThat(served).as("bytes read for a limit of 1000").isLessThan(100_000);
            return most;
          }
        };
    assertThat(refusal(endless, UNKNOWN, 1000)).isEqualTo(Reason.TOO_LARGE);
    assertThat(inFlight.held()).isZero();
  }

  @Test
  void a_body_that_breaks_off_is_refused() {
    InputStream broken =
        new Chunks() {
          @Override
          public int read(byte[] into, int from, int most) throws IOException {
            throw new IOException("reset");
          }
        };
    assertThat(refusal(broken, UNKNOWN, 1000)).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void bytes_of_a_body_whose_reading_fails_by_a_bug_are_given_back() {
    InputStream faulty =
        new Chunks() {
          private boolean begun;

          @Override
          public int read(byte[] into, int from, int most) {
            if (begun) {
              throw new IllegalStateException("gone");
            }
            begun = true;
            return most;
          }
        };
    assertThatThrownBy(() -> reader.read(faulty, UNKNOWN, 1 << 20))
        .isInstanceOf(IllegalStateException.class);
    assertThat(inFlight.held()).isZero();
  }

  @Test
  void bytes_are_held_until_the_body_is_closed_and_over_the_bound_refused_at_once()
      throws Exception {
    try (BodyReader.Body first = reader.read(bytes(1 << 20), UNKNOWN, 1 << 20)) {
      assertThat(first.bytes()).hasSize(1 << 20);
      assertThat(inFlight.held()).isEqualTo(1 << 20);
      assertThat(refusal(bytes(1), UNKNOWN, 1000)).isEqualTo(Reason.OVERLOADED);
    }
    assertThat(inFlight.held()).isZero();
  }

  private Reason refusal(InputStream in, long contentLength, long limit) {
    RejectedException refused =
        catchThrowableOfType(
            RejectedException.class,
            () -> {
              try (BodyReader.Body body = reader.read(in, contentLength, limit)) {
                throw new AssertionError("read " + body.bytes().length);
              }
            });
    return refused.rejection().reason();
  }

  private static InputStream bytes(int count) {
    return new ByteArrayInputStream(new byte[count]);
  }

  private abstract static class Chunks extends InputStream {
    @Override
    public abstract int read(byte[] into, int from, int most) throws IOException;

    @Override
    public int read() {
      throw new AssertionError("bodies are read in chunks");
    }
  }
}
