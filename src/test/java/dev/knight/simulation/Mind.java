package dev.knight.simulation;

import dev.knight.agent.Turn;
import dev.knight.fake.FakeAgent;
import dev.knight.fake.FakeAgent.Plan;
import dev.knight.fake.FakeAgent.Request;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What the agent comes to, by chance: mostly a change, and mostly in the form that it is asked for.
 */
final class Mind implements FakeAgent.Mind {
  /** What one request to the model costs at most. */
  static final BigDecimal DEAREST = new BigDecimal("0.60");

  /** What a person has to see before it is pushed. */
  static final String HELD = "AGENTS.md";

  /** So many ideas in a thousand are such. */
  private static final int RISKY = 60;

  private final World world;

  Mind(World world) {
    this.world = world;
  }

  @Override
  public Plan plan(String conversation, String key) {
    return conversation.contains("-review-") ? review() : work(key);
  }

  private Plan work(String key) {
    RandomGenerator dice = world.dice();
    int luck = dice.nextInt(100);
    if (!world.isCalm() && luck < 4) {
      return new Plan(thoughts(1, false), new Turn.Failed(Turn.Cause.PASSES, "overloaded"));
    }
    if (!world.isCalm() && luck < 8) {
      return new Plan(thoughts(1, false), said("question", "Which pump?"));
    }
    if (luck < 12 && !key.startsWith("mend")) {
      return new Plan(thoughts(1, false), said("no-change", "It is so already."));
    }
    if (luck < 15) {
      return new Plan(thoughts(2, true), new Turn.Truncated("I was about to"));
    }
    if (luck < 19) {
      return new Plan(thoughts(2, true), new Turn.Finished("It is done, and I forgot the form."));
    }
    return new Plan(thoughts(1 + dice.nextInt(4), true), said("changed", "It is done."));
  }

  private Plan review() {
    int luck = world.dice().nextInt(100);
    String verdict =
        luck < 70
            ? "{\"verdict\": \"approve\", \"findings\": []}"
            : "{\"verdict\": \"changes\", \"findings\": [{\"severity\": \"high\", \"file\": \"a\","
                + " \"line\": 1, \"text\": \"It leaks\"}]}";
    Turn end = new Turn.Finished(luck < 95 ? block(verdict) : "It looks good to me.");
    return new Plan(thoughts(1, false), end);
  }

  private List<Request> thoughts(int number, boolean writes) {
    RandomGenerator dice = world.dice();
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      BigDecimal cost = BigDecimal.valueOf(1 + dice.nextLong(60), 2);
      Optional<String> file =
          writes ? Optional.of("file-" + dice.nextInt(4) + ".txt") : Optional.empty();
      int idea = dice.nextInt(1_000);
      Optional<String> where = writes && idea < RISKY ? Optional.of(HELD) : file;
      requests.add(new Request(cost, where, "idea " + idea + "\n"));
    }
    return requests;
  }

  private static Turn said(String outcome, String words) {
    return new Turn.Finished(
        block(
            "{\"outcome\": \"%s\", \"title\": \"Mend the pump\", \"summary\": \"%s\", \"question\": \"%s\"}"
                .formatted(outcome, words, words)));
  }

  private static String block(String json) {
    return "So be it.\n\n```json\n" + json + "\n```\n";
  }
}
