package dev.knight.attempt;

import dev.knight.git.BranchName;
import dev.knight.git.Commit;
import dev.knight.git.Mirror;
import dev.knight.github.Repository;
import dev.knight.job.RefusedException;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a repository's people have written down for coding agents, as it stands on the default
 * branch: never as a branch or the agent itself has it. pi would load such files by itself and obey
 * them; it is started so that it does not, and reads them here as data.
 */
@Singleton
final class AgentNotes {
  private static final List<String> FILES =
      List.of("AGENTS.md", "CLAUDE.md", ".github/copilot-instructions.md");
  private static final int LONGEST = 256 * 1024;

  AgentNotes() {}

  /** Each of the files that is there, by its name. */
  List<Quoted> of(Repository repository, Mirror mirror, Progress progress) {
    return mirror.branchHead(new BranchName(repository.defaultBranch())).stream()
        .flatMap(head -> FILES.stream().flatMap(file -> read(mirror, head, file, progress)))
        .toList();
  }

  private static Stream<Quoted> read(Mirror mirror, Commit head, String file, Progress progress) {
    try {
      Optional<byte[]> bytes = mirror.file(head, file, LONGEST);
      return bytes
          .map(text -> new Quoted(file, "notes", new String(text, StandardCharsets.UTF_8)))
          .stream();
    } catch (RefusedException tooLong) {
      progress.tell("sanitized", "Left out: " + tooLong.getMessage());
      return Stream.empty();
    }
  }
}
