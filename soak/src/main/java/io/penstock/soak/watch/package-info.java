/** What the members take of the machine, over time. */
package io.penstock.soak.watch;
