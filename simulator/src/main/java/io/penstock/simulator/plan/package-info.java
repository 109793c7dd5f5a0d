/** What a seed makes happen: arrivals, faults, operators' wishes. */
package io.penstock.simulator.plan;
