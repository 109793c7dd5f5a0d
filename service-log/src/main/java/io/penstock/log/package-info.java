/**
 * How a service writes its log. Every service has it on its class path, and needs to do nothing
 * more; it knows none of them.
 */
package io.penstock.log;
