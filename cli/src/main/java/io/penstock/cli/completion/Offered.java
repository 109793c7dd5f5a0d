package io.penstock.cli.completion;

import java.util.Collections;
import java.util.Iterator;

/**
 * Values that only the server knows, as completion candidates of an option or parameter: none are
 * written into a shell's script, it asks for them when Tab is pressed.
 */
public abstract class Offered implements Iterable<String> {
  private final Ids ids;

  private Offered(Ids ids) {
    this.ids = ids;
  }

  final Ids ids() {
    return ids;
  }

  @Override
  public final Iterator<String> iterator() {
    return Collections.emptyIterator();
  }

  /** Of executions. */
  public static final class Executions extends Offered {
    Executions() {
      super(Ids.executions);
    }
  }

  /** Of dead letters. */
  public static final class Letters extends Offered {
    Letters() {
      super(Ids.letters);
    }
  }

  /** Of groups of dead letters. */
  public static final class Groups extends Offered {
    Groups() {
      super(Ids.groups);
    }
  }

  /** Of replays. */
  public static final class Replays extends Offered {
    Replays() {
      super(Ids.replays);
    }
  }
}
