package dev.knight.attempt;

import dev.knight.git.Snapshot;
import dev.knight.job.Step;
import dev.knight.publish.Check;
import dev.knight.publish.Finding;
import dev.knight.publish.Finding.Fate;
import dev.knight.publish.Proof;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Review and checks, and back to the implementer with what they found, a bounded number of times.
 */
@Singleton
final class Polish {
  private final Reviewer reviewer;
  private final Verifier verifier;
  private final Baseline baseline;
  private final Proving proving;

  Polish(Reviewer reviewer, Verifier verifier, Baseline baseline, Proving proving) {
    this.reviewer = reviewer;
    this.verifier = verifier;
    this.baseline = baseline;
    this.proving = proving;
  }

  Polished polish(
      Workplace place,
      Implementer implementer,
      Answer answer,
      Snapshot snapshot,
      Overseer overseer,
      Progress progress) {
    Round round = new Round(place, implementer, overseer, progress, answer, snapshot);
    return verified(round, place, overseer, progress);
  }

  private Polished verified(Round round, Workplace place, Overseer overseer, Progress progress) {
    while (true) {
      round.review();
      progress.enter(Step.VERIFY);
      List<Check> run = verifier.verify(place, round.snapshot.tree(), overseer.budget(), progress);
      round.verified(run);
      // What failed before the change is not the implementer's to mend.
      List<Check> checks = baseline.compare(place, run, overseer.budget(), progress);
      if (!round.mend(checks.stream().filter(Check::isRegression).toList())) {
        return round.polished(checks, proving);
      }
    }
  }

  /**
   * The checks alone, on what became of a change when it was put onto a base that had moved: nobody
   * wrote anything that would have to be reviewed.
   */
  Polished merged(
      Workplace place,
      Implementer implementer,
      Polished before,
      Snapshot snapshot,
      Overseer overseer,
      Progress progress) {
    Round round = new Round(place, implementer, overseer, progress, before.answer(), snapshot);
    round.takeOver(before);
    return verified(round, place, overseer, progress);
  }

  /** What the rounds so far have come to. */
  private final class Round {
    private final Workplace place;
    private final Implementer implementer;
    private final Overseer overseer;
    private final Progress progress;
    private final List<Finding> findings = new ArrayList<>();
    private Answer answer;
    private Snapshot snapshot;
    private List<String> results = List.of();
    private boolean reviewed;
    private boolean isOver;
    private int reviewsToMend;
    private int verifiesToMend;

    Round(
        Workplace place,
        Implementer implementer,
        Overseer overseer,
        Progress progress,
        Answer answer,
        Snapshot snapshot) {
      this.place = place;
      this.implementer = implementer;
      this.overseer = overseer;
      this.progress = progress;
      this.answer = answer;
      this.snapshot = snapshot;
      this.reviewsToMend = place.limits().reviewRounds();
      this.verifiesToMend = place.limits().verifyRounds();
    }

    /** The review that was held, or was not, stays as it was. */
    void takeOver(Polished before) {
      findings.addAll(before.findings());
      reviewed = before.reviewed();
      isOver = true;
    }

    /** Reviews until nothing has to be mended, nothing was mended, or the rounds are used up. */
    void review() {
      boolean mended = place.config().review() && !isOver && (!reviewed || reviewsToMend > 0);
      while (mended) {
        progress.enter(Step.REVIEW);
        Optional<Judgement> judgement = reviewer.review(place, snapshot, overseer, progress);
        reviewed = reviewed || judgement.isPresent();
        mended = judgement.filter(this::mend).isPresent();
      }
    }

    /** Whether the implementer changed something for the judgement. */
    private boolean mend(Judgement judgement) {
      findings.removeIf(finding -> finding.fate() == Fate.OPEN);
      boolean back = !judgement.approved() && !judgement.findings().isEmpty() && reviewsToMend > 0;
      if (!back) {
        findings.addAll(judgement.findings());
        return false;
      }
      reviewsToMend--;
      String tree = snapshot.tree();
      progress.enter(Step.IMPLEMENT);
      boolean changed = takes(implementer.mendReview(tree, judgement.findings()));
      Fate fate = changed ? Fate.ADDRESSED : Fate.OPEN;
      judgement.findings().forEach(finding -> findings.add(finding.with(fate)));
      return changed;
    }

    Polished polished(List<Check> checks, Proving proving) {
      Optional<Proof> proof =
          proving.of(place, answer, snapshot, checks, overseer.budget(), progress);
      return new Polished(
          snapshot, answer, reviewed, List.copyOf(findings), List.copyOf(checks), proof);
    }

    /** A check that ends otherwise than the last time is something new. */
    void verified(List<Check> checks) {
      List<String> now = checks.stream().map(Check::result).toList();
      if (!now.equals(results)) {
        results = now;
        overseer.fruitful();
      }
    }

    /** Whether the implementer changed something for the checks that failed. */
    boolean mend(List<Check> failed) {
      if (failed.isEmpty() || verifiesToMend == 0) {
        return false;
      }
      verifiesToMend--;
      String tree = snapshot.tree();
      progress.enter(Step.IMPLEMENT);
      return takes(implementer.mendVerify(tree, failed));
    }

    private boolean takes(Answer next) {
      Snapshot after = place.worktree().snapshot();
      boolean changed = after.isChanged() && !after.tree().equals(snapshot.tree());
      answer = next.title().isBlank() ? answer.summarised(next.summary()) : next;
      if (changed) {
        snapshot = after;
      }
      return changed;
    }
  }
}
