package dev.knight.rehearsal;

import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import java.util.Map;

/**
 * What the rehearsal is about: a repository with one small program, a maintainer who finds
 * something missing in it, and knight's account. Its checks need nothing but a POSIX {@code sh}.
 * The model's part of it is {@link RehearsalScript}.
 */
public final class RehearsalWorld {
  /** The repository. */
  public static final RepositoryName REPOSITORY = new RepositoryName("ada", "greet");

  /** The login of the maintainer, who owns the repository. */
  public static final String MAINTAINER = "ada";

  /** The login of knight's account, which may write to the repository. */
  public static final String KNIGHT = "sir-knight";

  /** The token of knight's account; worth nothing outside of the rehearsal. */
  public static final String TOKEN = "rehearsal-token";

  /** The token of the maintainer; worth nothing outside of the rehearsal. */
  public static final String MAINTAINER_TOKEN = "rehearsal-maintainer";

  /** What the maintainer's issue is called. */
  public static final String TITLE = "greet says nothing when no name is given";

  private static final String REQUEST =
      """
      `sh greet.sh` without a name prints nothing at all. It should greet the world:

          $ sh greet.sh
          Hello, world!

      @sir-knight please mend that.
      """;

  private static final Map<String, String> FILES =
      Map.of(
          "README.md",
          """
          # greet

          Says hello to everybody who is named: `sh greet.sh Ada Grace`. The tests: `sh test.sh`.
          """,
          "greet.sh",
          """
          #!/bin/sh
          # Says hello to each name that is given.

          for name in "$@"; do
            echo "Hello, $name!"
          done
          """,
          "test.sh",
          """
          #!/bin/sh
          # Prints what differs from what is expected, and fails then.

          failed=0

          expect() {
            if [ "$1" != "$2" ]; then
              echo "expected '$1', got '$2'"
              failed=1
            fi
          }

          expect "Hello, Ada!" "$(sh greet.sh Ada)"
          expect "Hello, Ada Lovelace!" "$(sh greet.sh "Ada Lovelace")"

          exit $failed
          """,
          ".knight.yml",
          """
          verify:
            - sh test.sh
          instructions: |
            This is plain POSIX sh: no bashisms. Each behaviour has a line in test.sh.
          """);

  private RehearsalWorld() {}

  /** Makes the accounts, their tokens and the repository. */
  public static void build(World world) {
    world.addUser(MAINTAINER);
    world.addUser(KNIGHT);
    world.addToken(MAINTAINER_TOKEN, MAINTAINER, TokenRight.WRITE);
    world.addToken(TOKEN, KNIGHT, TokenRight.WRITE);
    world.addRepository(REPOSITORY, FILES);
    world.permit(REPOSITORY, KNIGHT, Permission.WRITE);
  }

  /** Lets the maintainer open the issue that mentions knight. */
  public static Subject openIssue(World world) {
    return openIssue(world, TITLE);
  }

  /** The same under another title. */
  public static Subject openIssue(World world, String title) {
    return world.openIssue(REPOSITORY, MAINTAINER, title, REQUEST);
  }
}
