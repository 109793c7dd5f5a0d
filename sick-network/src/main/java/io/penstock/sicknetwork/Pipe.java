package io.penstock.sicknetwork;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.BooleanSupplier;

/**
 * One direction of a connection: one thread receives, another sends, so that latency costs no
 * throughput. Between them lie a bounded number of pieces; then the sender's window closes.
 */
final class Pipe {
  private static final int PIECE_BYTES = 16 << 10;
  private static final int MOST_PIECES = 16;

  private final Socket from;
  private final Socket to;
  private final Way way;
  private final BooleanSupplier lost;
  private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(MOST_PIECES);
  private long sent;

  /**
   * @param lost whether everything is swallowed, also the end
   */
  Pipe(Socket from, Socket to, Way way, BooleanSupplier lost) {
    this.from = from;
    this.to = to;
    this.way = way;
    this.lost = lost;
  }

  /** Until the sender has nothing more to say. */
  void receive() throws IOException, InterruptedException {
    try {
      InputStream in = from.getInputStream();
      byte[] buffer = new byte[PIECE_BYTES];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (!lost.getAsBoolean()) {
          pieces.put(Piece.of(Arrays.copyOf(buffer, read)));
        }
      }
    } catch (IOException e) {
      if (!lost.getAsBoolean()) {
        throw e;
      }
    }
    pieces.put(Piece.end());
  }

  /** Until the end has been told to the receiver, or must not be. */
  void send() throws IOException, InterruptedException {
    OutputStream out = to.getOutputStream();
    Piece piece = pieces.take();
    while (!piece.isEnd()) {
      send(piece, out);
      piece = pieces.take();
    }
    way.awaitTurn(piece.receivedAt(), piece.chance());
    if (!lost.getAsBoolean()) {
      to.shutdownOutput();
    }
  }

  private void send(Piece piece, OutputStream out) throws IOException, InterruptedException {
    int at = 0;
    while (at < piece.bytes().length && !lost.getAsBoolean()) {
      Toxics toxics = way.awaitTurn(piece.receivedAt(), piece.chance());
      if (lost.getAsBoolean()) {
        return;
      }
      int length = Math.min(piece.bytes().length - at, toxics.sliceBytes());
      length = (int) Math.min(length, Math.min(toxics.bytesPerSecond(), left(toxics)));
      if (length > 0) {
        out.write(piece.bytes(), at, length);
        out.flush();
      }
      at += length;
      sent += length;
      if (left(toxics) == 0) {
        throw new CutException();
      }
      way.awaitSent(length, toxics);
    }
  }

  private long left(Toxics toxics) {
    return Math.max(0, toxics.cutAfterBytes() - sent);
  }

  /** As many bytes as were allowed have passed. */
  static final class CutException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
