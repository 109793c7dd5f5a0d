/**
 * The command line. It speaks HTTP to a server and nothing else; what needs no server works
 * offline. Data goes to stdout, everything said about it to stderr; see {@link
 * io.penstock.cli.ExitCode} for what scripts may rely on.
 */
package io.penstock.cli;
