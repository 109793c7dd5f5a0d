package io.penstock.worker.call;

import java.time.Duration;

/**
 * What to connect to when it does not speak HTTP.
 *
 * @param who what is called, for messages: {@code Channel 'newsletter'}; no rendered values, no
 *     secrets
 * @param host a name or an address
 * @param timeout of all that is said on the connection; only a name server that hangs is not cut
 *     off
 */
public record TcpTarget(
    String who, String host, int port, Duration timeout, boolean allowPrivateAddresses) {}
