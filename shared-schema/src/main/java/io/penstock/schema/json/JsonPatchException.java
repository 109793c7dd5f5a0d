package io.penstock.schema.json;

/**
 * A patch that is none, or that does not fit the document. The message names the operation and its
 * place, never a value: a document is somebody's data.
 */
public final class JsonPatchException extends Exception {
  private static final long serialVersionUID = 1L;

  public JsonPatchException(String message) {
    super(message, null, false, false);
  }
}
