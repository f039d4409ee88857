package dev.knight.setup;

import java.util.List;
import java.util.Optional;

/** What the environment says otherwise than the files, so that these have no effect. */
final class Overridden {
  private Overridden() {}

  /** Its keys. */
  static List<String> keys(Draft draft) {
    return List.of(
            GitHubStep.API_URL,
            GitHubStep.TOKEN,
            RepositoryStep.REPOSITORIES,
            AgentStep.COMMAND,
            ModelStep.PROVIDER,
            ModelStep.NAME,
            ModelStep.BASE_URL,
            ModelStep.KEY)
        .stream()
        .filter(key -> differs(draft, key))
        .toList();
  }

  private static boolean differs(Draft draft, String key) {
    Optional<String> written =
        draft.secrets().value(Draft.variable(key)).or(() -> draft.config().value(key));
    Optional<String> there = draft.fromEnvironment(key);
    return written.isPresent() && there.isPresent() && !there.equals(written);
  }
}
