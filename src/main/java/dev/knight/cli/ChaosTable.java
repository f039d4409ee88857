package dev.knight.cli;

import dev.knight.cli.ChaosReport.Times;
import dev.knight.hygiene.PlainText;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A {@link ChaosReport} for people. */
final class ChaosTable {
  private ChaosTable() {}

  static void print(ChaosReport report, PrintWriter out) {
    out.println();
    row(out, "mentions", report.mentions() + parts(report.jobs()));
    row(out, "kills", report.killed() + parts(report.kills()));
    row(out, "in the step", "  " + words(report.killsByStep()));
    row(out, "requests gone wrong", report.faults());
    row(out, "lost", report.lost());
    row(
        out,
        "doubled",
        "%d pull requests, %d comments, %d branches"
            .formatted(
                report.doubledPullRequests(), report.doubledComments(), report.doubledBranches()));
    row(out, "silent", report.silent());
    row(out, "a person was asked", report.asked());
    row(out, "kill to serving again", times(report.up()));
    row(out, "kill to work resumed", times(report.recovery()));
    row(out, "serving to re-attached", times(report.attached()));
    row(out, "re-attached", report.reattached() + " of " + report.conversations());
    row(
        out,
        "model calls",
        "%d, %d of them repeated, at most %d in a job for one kill"
            .formatted(
                report.modelCalls(), report.modelCallsRepeated(), report.mostRepeatedForOneKill()));
    row(out, "processes left", report.processesLeft());
    row(out, "took", report.seconds() + " s, seed " + report.seed());
    report.complaints().forEach(complaint -> out.println("  ! " + PlainText.line(complaint)));
    out.println(
        report.isGood()
            ? "\nNothing was lost, nothing was doubled, nobody was left without a word."
            : "\nThis is not as it has to be; --keep leaves everything for a look.");
    out.flush();
  }

  private static void row(PrintWriter out, String what, Object said) {
    out.println("%-24s %s".formatted(what, said));
  }

  private static String parts(Map<String, Integer> parts) {
    return parts.isEmpty() ? "" : ": " + words(parts);
  }

  private static String words(Map<String, Integer> parts) {
    return parts.entrySet().stream()
        .map(part -> part.getValue() + " " + part.getKey())
        .collect(Collectors.joining(", "));
  }

  private static String times(Times times) {
    return times.count() == 0
        ? "-"
        : "p50 %s, p99 %s, most %s (of %d)"
            .formatted(
                seconds(times.p50()), seconds(times.p99()), seconds(times.most()), times.count());
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }
}
