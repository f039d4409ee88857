package dev.knight.simulation;

import dev.knight.github.GitHub;
import dev.knight.job.Job;
import dev.knight.job.JobStore;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A protocol that is broken on purpose, to see whether the simulation sees it. */
enum Sabotage {
  /** All is as it should be. */
  NONE,
  /** Nobody looks for a comment before it is written. */
  COMMENTS_ARE_NOT_LOOKED_FOR,
  /** Each life of the service names a job's branch anew. */
  BRANCHES_ARE_NAMED_BY_EACH_LIFE,
  /** Who lost its lease writes all the same. */
  WRITES_ARE_NOT_FENCED;

  @Nullable Object atStore(Life life, JobStore store, Method method, Object[] arguments) {
    if (this == BRANCHES_ARE_NAMED_BY_EACH_LIFE
        && method.getName().equals("replace")
        && arguments[1] instanceof Job after
        && after.branch().isPresent()) {
      String plain = after.branch().get().replaceFirst("-knight-\\d+$", "");
      arguments[1] = after.onBranch(plain + "-" + life);
    }
    if (this == WRITES_ARE_NOT_FENCED
        && method.getName().equals("replace")
        && arguments[0] instanceof Job before) {
      arguments[0] = store.find(before.id()).orElseThrow();
    }
    return Border.invoke(store, method, arguments);
  }

  @Nullable Object atGitHub(GitHub github, Method method, Object[] arguments) {
    if (this == COMMENTS_ARE_NOT_LOOKED_FOR && method.getName().equals("comments")) {
      return List.of();
    }
    return Border.invoke(github, method, arguments);
  }
}
