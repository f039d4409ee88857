package dev.knight.attempt;

import dev.knight.agent.SessionRequest.Model;

/**
 * What the operator decided about attempts.
 *
 * @param model the model that implements
 * @param reviewModel the model that reviews; may be the same
 * @param limits for each job
 * @param questions what becomes of a job whose agent asks something
 * @param path the {@code PATH} in which a repository's commands find their programs
 */
public record AttemptSettings(
    Model model, Model reviewModel, Limits limits, Questions questions, String path) {}
