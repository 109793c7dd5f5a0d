/**
 * A whole Penstock on this machine, each part a process of its own that can be killed, frozen and
 * started again without the others. Everything listens on 127.0.0.1, keeps its data below one
 * folder, and ends with the process that started it, however that one ends.
 */
package io.penstock.soak.installation;
