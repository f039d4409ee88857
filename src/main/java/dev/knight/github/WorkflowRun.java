package dev.knight.github;

/**
 * A run of a workflow of Actions.
 *
 * @param id GitHub's number for it
 * @param name the workflow's name
 * @param attempt which try it is, from 1; a re-run is the next
 * @param conclusion how it stands
 */
public record WorkflowRun(long id, String name, int attempt, Conclusion conclusion) {}
