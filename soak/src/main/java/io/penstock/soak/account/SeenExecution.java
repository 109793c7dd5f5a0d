package io.penstock.soak.account;

/**
 * An execution as the console shows it.
 *
 * @param event the id of the event that started it
 */
public record SeenExecution(String id, String workflow, String status, String event) {}
