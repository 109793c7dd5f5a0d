/** What is done to the members, in which order, and how long it takes until service is back. */
package io.penstock.soak.fault;
