package dev.knight.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * A repository that is the same wherever it is made: 20,000 files in 2,000 directories, some of
 * them links or executable, two kilobytes in the middle and up to a megabyte, 86 MB together.
 */
final class Grown {
  private static final int FILES = 20_000;
  private static final int DIRECTORIES = 2_000;
  private static final int WORDS = 2_000;
  private static final int LARGEST = 1_000_000;
  private static final String COMMIT =
      """
      commit refs/remotes/origin/main
      author Ada <ada@example.org> 1700000000 +0000
      committer Ada <ada@example.org> 1700000000 +0000
      data 6
      Grown

      """;

  private final Random random = new Random(7);
  private final List<String> words = random.ints(WORDS, 2, 11).mapToObj(this::word).toList();

  private String word(int length) {
    StringBuilder word = new StringBuilder();
    random.ints(length, 'a', 'z' + 1).forEach(letter -> word.append((char) letter));
    return word.toString();
  }

  /** Puts it into the bare repository {@code mirror}, as a fetch would have. */
  static void into(Path mirror) throws IOException, InterruptedException {
    Process git =
        new ProcessBuilder("git", "fast-import", "--quiet", "--force")
            .directory(mirror.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (OutputStream out = new BufferedOutputStream(git.getOutputStream())) {
      new Grown().write(out);
    }
    git.waitFor();
    Git.run(mirror, "repack", "-adq");
  }

  private void write(OutputStream out) throws IOException {
    say(out, COMMIT);
    for (int i = 0; i < FILES; i++) {
      int directory = random.nextInt(DIRECTORIES);
      String name = words.get(random.nextInt(WORDS)) + i;
      boolean isLink = i % 200 == 0;
      String mode = isLink ? "120000" : i % 50 == 1 ? "100755" : "100644";
      String content = isLink ? "../" + name : text();
      say(
          out,
          "M %s inline part%d/src/d%d/%s.java\ndata %d\n%s\n"
              .formatted(mode, directory % 40, directory, name, content.length(), content));
    }
  }

  private String text() {
    int size = (int) Math.min(LARGEST, Math.exp(7.6 + 1.25 * random.nextGaussian()));
    StringBuilder text = new StringBuilder();
    while (text.length() < size) {
      int word = (int) (Math.abs(random.nextGaussian()) * WORDS / 4) % WORDS;
      text.append(words.get(word)).append(random.nextInt(8) == 0 ? '\n' : ' ');
    }
    return text.toString();
  }

  private static void say(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }
}
