/** Share groups, workers and the outside world. */
package io.penstock.simulator.worker;
