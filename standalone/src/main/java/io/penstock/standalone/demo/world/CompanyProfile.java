package io.penstock.standalone.demo.world;

/** What is known of a company. */
public record CompanyProfile(String name, int employees, String industry) {}
