package dev.knight.git;

import java.nio.file.Path;

/**
 * The repository that the agent's git works on in its jail: its own and disposable, with the
 * mirror's objects behind it. Seen in the mirror's place, it is what the worktree's {@code .git}
 * file names. Nobody outside opens it.
 *
 * @param directory where it lies outside
 * @param place where it is seen inside, for writing: the mirror's own path
 * @param objects the mirror's objects, outside
 * @param borrowed where these are seen inside, for reading
 */
public record AgentRepository(Path directory, Path place, Path objects, Path borrowed) {}
