/** One run, many runs, and the way from a failure to a short schedule. */
package io.penstock.simulator.run;
