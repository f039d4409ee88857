package dev.knight.attempt;

import dev.knight.job.Mention;
import dev.knight.job.RepositoryName;
import java.util.List;

/**
 * The task as the agent is told of it.
 *
 * @param repository where it works
 * @param title the title
 * @param request the mention that asked
 * @param context the issue and its comments, as they were when it was asked
 */
record Brief(RepositoryName repository, String title, Mention request, List<Quoted> context) {
  Brief {
    context = List.copyOf(context);
  }
}
