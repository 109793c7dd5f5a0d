package io.penstock.worker.call;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request to the outside.
 *
 * @param who what is called and how, for messages: {@code Api 'apollo': POST /people}; no rendered
 *     values, no secrets
 * @param headers as sent; checked by {@link RequestHeaders}
 * @param timeout of all of it, to the last byte of the answer; only a name server that hangs is not
 *     cut off
 */
public record HttpCall(
    String who,
    String method,
    URI address,
    Map<String, String> headers,
    Optional<byte[]> body,
    Duration timeout,
    boolean allowPrivateAddresses) {}
