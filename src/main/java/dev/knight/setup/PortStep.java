package dev.knight.setup;

import dev.knight.doctor.PortCheck;
import dev.knight.doctor.Result.Verdict;
import java.util.stream.IntStream;

/** Where the dashboard listens. Nobody is asked while that is free. */
final class PortStep {
  static final String PORT = "knight.http.port";
  private static final String HOST = "knight.http.host";
  private static final int USUAL = 8790;
  private static final int AS_FAR_AS = 20;
  private static final int HIGHEST = 65535;

  private final Asker asker;
  private final Voice voice;

  PortStep(Asker asker, Voice voice) {
    this.asker = asker;
    this.voice = voice;
  }

  /** The settings with a port that is free, if another than the one that is set is wanted. */
  Draft ask(Draft draft) {
    String host = draft.value(HOST).orElse("127.0.0.1");
    int port = draft.value(PORT).map(Integer::parseInt).orElse(USUAL);
    if (port == 0 || isFree(host, port) || draft.fromEnvironment(PORT).isPresent()) {
      return draft;
    }
    new PortCheck(host, port)
        .look().stream().map(result -> result.reason()).forEach(voice::doubtful);
    return IntStream.rangeClosed(port + 1, Math.min(HIGHEST, port + AS_FAR_AS))
        .filter(other -> isFree(host, other))
        .boxed()
        .findFirst()
        .filter(other ->
            asker.agree(new Question("Shall it listen on %d?".formatted(other), "--yes"), true))
        .map(other -> draft.with(PORT, Integer.toString(other)))
        .orElse(draft);
  }

  private static boolean isFree(String host, int port) {
    return new PortCheck(host, port)
        .look().stream().noneMatch(result -> result.verdict() == Verdict.BAD);
  }
}
