/** The broker: topics, transactions that abort, its clock, its group coordinator. */
package io.penstock.simulator.log;
