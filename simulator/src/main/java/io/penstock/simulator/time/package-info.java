/** Virtual time, chance by seed, and the trace by which two runs are compared. */
package io.penstock.simulator.time;
