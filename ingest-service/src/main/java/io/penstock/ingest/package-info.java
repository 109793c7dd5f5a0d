/**
 * The only writer from outside: webhooks, events and definitions come in here.
 *
 * <p>The way of a request: its body within limits ({@code request}), proof of the sender ({@code
 * signature}), what events it holds ({@code mapping}, {@code event}), which workflows they start
 * ({@code resolve}), onto the log ({@code publish}). Whatever stops it on the way is a {@code
 * problem.Rejection}, and then nothing was published. {@code signature}, {@code mapping} and {@code
 * resolve} are pure. No other service imports this package.
 */
package io.penstock.ingest;
