/**
 * What became of everything: pure functions of what was sent, called, ended and broken. Nothing in
 * here knows a clock, a process or a network, so that wrong histories can be written down as tests.
 */
package io.penstock.soak.account;
