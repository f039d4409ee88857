package dev.knight.attempt;

import dev.knight.git.Snapshot;
import dev.knight.publish.Check;
import dev.knight.publish.Finding;
import dev.knight.publish.Proof;
import java.util.List;
import java.util.Optional;

/**
 * A change as it is after its reviews and checks.
 *
 * @param snapshot exactly what was checked last
 * @param answer what the implementer said last
 * @param reviewed whether a review was held
 * @param findings what the reviews found, and what became of each
 * @param checks the last run of the checks
 * @param proof what its tests say of the code before it, if it is called a fix
 */
record Polished(
    Snapshot snapshot,
    Answer answer,
    boolean reviewed,
    List<Finding> findings,
    List<Check> checks,
    Optional<Proof> proof) {}
