/**
 * The job store: one database in which everything meets.
 *
 * <pre>
 *   any thread --> DatabaseJobStore --> Ledger (one write lock: BEGIN .. COMMIT, save) --> H2
 *                   Acceptance  a mention joins a job or makes one
 *                   Claims      which job runs next, and its attempt
 *                   Changes     compare-and-set of a job, and what follows its end
 *                   ...Rows     one for each table, in plain SQL
 * </pre>
 *
 * H2 survives {@code kill -9} only if nothing else writes while it saves, so every write goes
 * through {@link dev.knight.store.Ledger}, and {@link dev.knight.store.Sql} refuses what does not.
 * Readers need no lock.
 */
@NullMarked
package dev.knight.store;

import org.jspecify.annotations.NullMarked;
