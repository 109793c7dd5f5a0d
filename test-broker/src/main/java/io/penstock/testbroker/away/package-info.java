/**
 * What holds for each service when its Kafka goes away. For modules that have Quarkus' test
 * extension themselves: here it is optional, and so are the libraries of its assertions.
 */
package io.penstock.testbroker.away;
