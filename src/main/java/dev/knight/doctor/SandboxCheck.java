package dev.knight.doctor;

import dev.knight.home.KnightHome;
import dev.knight.job.MisconfiguredException;
import dev.knight.sandbox.Bubblewrap;
import dev.knight.sandbox.Examination;
import dev.knight.sandbox.Finding;
import java.util.List;
import java.util.function.Supplier;

/** Whether the jail of this machine holds: makes one as an agent's, and tries to get out of it. */
public final class SandboxCheck implements Check {
  /** What the ids of the attempts to get out begin with. */
  public static final String ESCAPE = "sandbox.escape.";

  private final KnightHome home;
  private final Supplier<Bubblewrap> jail;
  private final boolean layered;

  /**
   * Nothing is looked at yet.
   *
   * @param jail gives the jail, or throws what the operator has to mend
   * @param layered whether worktrees are to lie over templates
   */
  public SandboxCheck(KnightHome home, Supplier<Bubblewrap> jail, boolean layered) {
    this.home = home;
    this.jail = jail;
    this.layered = layered;
  }

  @Override
  public String id() {
    return "sandbox";
  }

  @Override
  public String title() {
    return "Sandbox";
  }

  @Override
  public List<Result> look() {
    return new Examination(home).findings(jail).stream().map(this::result).toList();
  }

  private Result result(Finding finding) {
    return switch (finding.name()) {
      case "bubblewrap" -> result("sandbox.bubblewrap", "bubblewrap", finding);
      case "a jail starts and holds" -> result("sandbox.jail", "Sandbox", finding);
      case Examination.WORKTREES -> worktrees(finding);
      default -> result(ESCAPE + finding.name().replace(' ', '-'), finding.name(), finding);
    };
  }

  /** That machines differ is no fault, unless somebody relies on it. */
  private Result worktrees(Finding finding) {
    String id = "sandbox.worktrees";
    if (finding.isGood() || !layered) {
      return Result.good(id, "Worktrees", finding.said());
    }
    return Result.doubtful(
        id,
        "Worktrees",
        finding.said(),
        "set knight.worktrees to plain, or see \"The worktrees\" in docs/operation.md");
  }

  private static Result result(String id, String title, Finding finding) {
    if (!finding.isGood()) {
      return Result.bad(id, title, new MisconfiguredException(finding.said()));
    }
    return Result.good(
        id,
        title,
        id.equals("sandbox.jail") ? "starts in " + finding.said() + ", and holds" : finding.said());
  }
}
