/**
 * {@code penstock demo}: real Kafka, real database, real HTTP, a simulated world around them, and a
 * check of every outcome. Nothing here is known to the services; the demo meets them at their
 * doors.
 */
package io.penstock.standalone.demo;
