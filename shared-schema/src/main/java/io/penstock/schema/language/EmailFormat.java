package io.penstock.schema.language;

import com.google.re2j.Pattern;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.Format;

/**
 * Looks like an e-mail address. The validator's own format also wants a top-level domain that was
 * registered when it was built, which refuses new and internal ones.
 */
final class EmailFormat implements Format {
  private static final Pattern ADDRESS = Pattern.compile("[^\\s@]{1,64}@[^\\s@.]+(\\.[^\\s@.]+)*");

  private static final int MAX_LENGTH = 254;

  @Override
  public String getName() {
    return "email";
  }

  @Override
  public String getMessageKey() {
    return "format.email";
  }

  @Override
  public boolean matches(ExecutionContext context, String value) {
    return value.length() <= MAX_LENGTH && ADDRESS.matcher(value).matches();
  }
}
