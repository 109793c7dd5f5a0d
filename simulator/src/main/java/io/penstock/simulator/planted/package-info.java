/** Mistakes made on purpose, to see that they are found. */
package io.penstock.simulator.planted;
