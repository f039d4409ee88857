package dev.knight.cli;

import dev.knight.api.JobView;
import dev.knight.hygiene.PlainText;
import java.math.RoundingMode;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/** The listing of jobs: a table for a person, fields parted by tabs for a program. */
final class JobTable {
  private static final List<String> HEADINGS =
      List.of("JOB", "STATE", "ISSUE", "TRY", "COST", "UPDATED", "PR");
  private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

  /** The one column that is cut where the screen is too narrow for all. */
  private static final int ISSUE = 2;

  private static final int NARROWEST = 8;
  private static final int GAP = 2;

  private JobTable() {}

  static void print(List<JobView> jobs, Terminal terminal) {
    if (terminal.isPerson()) {
      terminal.out().print(table(jobs, terminal));
    } else {
      jobs.forEach(job -> terminal.out().println(String.join("\t", cells(job, page(job)))));
    }
  }

  private static TextTable table(List<JobView> jobs, Terminal terminal) {
    List<List<String>> rows = new ArrayList<>(List.of(HEADINGS));
    jobs.forEach(job -> rows.add(cells(job, number(page(job)))));
    ColorScheme colours = Help.defaultColorScheme(terminal.ansi());
    TextTable table = TextTable.forColumns(colours, columns(rows, terminal.width()));
    for (int row = 0; row < rows.size(); row++) {
      Style style = row == 0 ? Style.bold : colour(rows.get(row).get(1));
      table.addRowValues(texts(rows.get(row), style, colours));
    }
    return table;
  }

  private static List<String> cells(JobView job, String pullRequest) {
    String state = job.step().map(step -> job.state() + " " + step).orElse(job.state());
    return List.of(
        Long.toString(job.id()),
        state,
        PlainText.line(job.repository()) + "#" + job.number(),
        Integer.toString(job.attempt()),
        job.costUsd().setScale(2, RoundingMode.HALF_UP) + " USD",
        minute(job.updatedAt()),
        pullRequest);
  }

  private static String page(JobView job) {
    return job.pullRequest().map(URI::toString).map(PlainText::line).orElse("");
  }

  private static String number(String page) {
    return page.isEmpty() ? "" : "#" + page.substring(page.lastIndexOf('/') + 1);
  }

  static String minute(Instant at) {
    return MINUTES.format(at.atZone(ZoneId.systemDefault()));
  }

  private static Column[] columns(List<List<String>> rows, int width) {
    int[] widths = new int[HEADINGS.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length() + GAP);
      }
    }
    int excess = Arrays.stream(widths).sum() - width;
    widths[ISSUE] -= Math.clamp(excess, 0, Math.max(0, widths[ISSUE] - NARROWEST));
    rows.replaceAll(row -> cut(row, widths[ISSUE] - GAP));
    return Arrays.stream(widths)
        .mapToObj(it -> new Column(it, 0, Overflow.TRUNCATE))
        .toArray(Column[]::new);
  }

  private static List<String> cut(List<String> row, int longest) {
    List<String> cells = new ArrayList<>(row);
    String issue = row.get(ISSUE);
    if (issue.length() > longest) {
      cells.set(ISSUE, "…" + issue.substring(issue.length() - longest + 1));
    }
    return cells;
  }

  /** {@code apply} takes the text as it is, where a {@code Text} of its own would read markup. */
  private static Text[] texts(List<String> row, Style style, ColorScheme colours) {
    Text[] texts = new Text[row.size()];
    for (int i = 0; i < texts.length; i++) {
      boolean isStyled = style == Style.bold || i == 1;
      texts[i] = colours.apply(row.get(i), isStyled ? List.<IStyle>of(style) : List.of());
    }
    return texts;
  }

  private static Style colour(String state) {
    return switch (state.split(" ", 2)[0]) {
      case "done", "no-change" -> Style.fg_green;
      case "failed", "stopped" -> Style.fg_red;
      case "needs-you", "retrying" -> Style.fg_yellow;
      default -> Style.fg_cyan;
    };
  }
}
