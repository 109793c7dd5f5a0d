package io.penstock.standalone.demo.world;

import java.util.List;
import java.util.Optional;

/**
 * What the outside knows of a lead.
 *
 * @param position empty: the contacts API does not know the person
 * @param headlines of the news about the company; may be empty
 */
public record Dossier(
    CompanyProfile company, Optional<Position> position, List<String> headlines) {}
