package dev.knight.attempt;

import dev.knight.hygiene.Sanitizer;
import dev.knight.job.Assumption;
import dev.knight.job.Convention;
import dev.knight.job.Mention;
import dev.knight.job.Plan;
import dev.knight.job.Remark;
import dev.knight.publish.Check;
import dev.knight.publish.CommitStyle;
import dev.knight.publish.Finding;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What pi is asked. Everything that knight did not write stands between two marks with a random
 * word in them, so that it cannot end its own quotation.
 */
@Singleton
final class Prompts {
  private static final Sanitizer SANITIZER = new Sanitizer();

  /** More would be a book; the newest say most. */
  private static final int MOST_CONVENTIONS = 50;

  private final Templates templates = new Templates();
  private final RandomGenerator random;

  Prompts(RandomGenerator random) {
    this.random = random;
  }

  /** Asks for the task itself, by {@code plan} if one was agreed to. */
  String implement(Brief brief, RepositoryConfig config, Plan plan, CommitStyle style) {
    Map<String, Object> data = task(brief, config);
    data.put("style", style.isKnown() ? style.described() : "");
    data.put(
        "commits", style.examples().stream().map(Prompts::quoted).map(Prompts::oneLine).toList());
    data.put("checks", config.verify().stream().map(Prompts::oneLine).toList());
    // Whoever agreed may have said something with it, of which only what the page shows counts.
    data.put("plan", plan instanceof Plan.Approved(String text, _) ? shown(text) : "");
    data.put("agreed", plan instanceof Plan.Approved(_, String by) ? oneLine(by) : "");
    return templates.render("implement", data);
  }

  /** Asks for a plan of the task. */
  String plan(Brief brief, RepositoryConfig config) {
    return templates.render("plan", task(brief, config));
  }

  /** Asks for the plan anew, now that {@code mention} says {@code words} about it. */
  String planRevise(Mention mention, String words) {
    return templates.render("plan-revise", request(mention, words));
  }

  /** Tells that {@code who} has given the budget once more, in the middle of something. */
  String extended(String who) {
    return templates.render("extended", Map.of("who", oneLine(who)));
  }

  private Map<String, Object> task(Brief brief, RepositoryConfig config) {
    Map<String, Object> data = request(brief);
    data.put("instructions", quoted(config.instructions()));
    data.put("context", quoted(brief.context()));
    data.put("notes", quoted(brief.notes()));
    data.put(
        "conventions",
        listed(
            brief.conventions().stream()
                .filter(one -> one.stage() == Convention.Stage.CONFIRMED)
                .toList()));
    return data;
  }

  /** Tells of {@code mention}, which says {@code words}. */
  String more(Mention mention, String words) {
    String template = CheckRules.isRed(mention) ? "red-checks" : "more";
    return templates.render(template, request(mention, words));
  }

  /** Tells of {@code mention}, which says {@code words}, in the middle of the work. */
  String steer(Mention mention, String words) {
    return templates.render("steer", request(mention, words));
  }

  /** Tells that another job changes the same lines of {@code paths}. */
  String clash(String paths) {
    Map<String, Object> data = marks();
    data.put("paths", oneLine(quoted(paths)));
    return templates.render("clash", data);
  }

  /** Has it go on with what it would assume. */
  String assume(List<Asked> questions) {
    Map<String, Object> data = marks();
    data.put(
        "questions",
        questions.stream()
            .map(one -> Map.of("text", quoted(one.text()), "assumed", quoted(one.assumed())))
            .toList());
    return templates.render("assume", data);
  }

  /** Asks whether {@code mention}, which says {@code words}, decides anything that was assumed. */
  String weigh(Mention mention, String words, List<Assumption> assumptions) {
    Map<String, Object> data = request(mention, words);
    data.put("assumptions", assumptions(assumptions));
    return templates.render("weigh", data);
  }

  /**
   * Tells of an answer that decides {@code changed} otherwise; {@code held} still holds.
   *
   * @param back whether the agent is back where it asked
   */
  String redo(
      Mention mention,
      String words,
      List<Assumption> changed,
      List<Assumption> held,
      boolean back) {
    Map<String, Object> data = request(mention, words);
    data.put("changed", assumptions(changed));
    data.put("held", assumptions(held));
    data.put("back", back);
    return templates.render("redo", data);
  }

  private static List<Map<String, String>> assumptions(List<Assumption> assumptions) {
    return assumptions.stream()
        .map(one ->
            Map.of(
                "number", Integer.toString(one.number()),
                "question", quoted(one.question()),
                "assumed", quoted(one.assumed())))
        .toList();
  }

  String split(String why) {
    return templates.render("split", Map.of("why", why));
  }

  private static List<String> listed(List<Convention> conventions) {
    return conventions.reversed().stream()
        .limit(MOST_CONVENTIONS)
        .map(one -> one.id() + ". " + oneLine(quoted(one.rule())))
        .toList();
  }

  /** Tells of a review, whose remarks say {@code texts}. */
  String reviewRemarks(
      Mention review,
      String words,
      List<Remark> remarks,
      List<String> texts,
      List<Convention> conventions) {
    Map<String, Object> data = request(review, words);
    List<Map<String, String>> told = new ArrayList<>();
    for (int i = 0; i < remarks.size(); i++) {
      Remark remark = remarks.get(i);
      String line = remark.line().isPresent() ? ":" + remark.line().getAsLong() : "";
      told.add(
          Map.of(
              "number", Integer.toString(i + 1),
              "place", oneLine(quoted(remark.path() + line)),
              "hunk", SANITIZER.visible(remark.hunk()),
              "text", quoted(texts.get(i))));
    }
    data.put("remarks", told);
    data.put("conventions", listed(conventions));
    return templates.render("review-remarks", data);
  }

  /** Has conflicts settled. */
  String settle(List<String> paths) {
    return settle("settle", paths);
  }

  /** Has conflicts settled. */
  String settleBase(List<String> paths) {
    return settle("settle-base", paths);
  }

  private String settle(String template, List<String> paths) {
    Map<String, Object> data = marks();
    data.put("paths", paths.stream().map(path -> oneLine(quoted(path))).toList());
    return templates.render(template, data);
  }

  String again() {
    return templates.render("again", Map.of());
  }

  String goOn() {
    return templates.render("go-on", Map.of());
  }

  String review(Brief brief, String diff, boolean cut) {
    Map<String, Object> data = request(brief);
    data.put("diff", SANITIZER.visible(diff));
    data.put("cut", cut);
    return templates.render("review", data);
  }

  /** A review of somebody's pull request. */
  String reviewPull(Brief brief, String diff, boolean cut) {
    Map<String, Object> data = request(brief);
    data.put("context", quoted(brief.context()));
    data.put("notes", quoted(brief.notes()));
    data.put("diff", SANITIZER.visible(diff));
    data.put("cut", cut);
    return templates.render("review-pull", data);
  }

  /** A question that needs no change. */
  String ask(Brief brief) {
    Map<String, Object> data = request(brief);
    data.put("context", quoted(brief.context()));
    data.put("notes", quoted(brief.notes()));
    return templates.render("ask", data);
  }

  /** {@code question}, which says {@code words}, in the middle of a conversation. */
  String askAside(Mention question, String words) {
    return templates.render("ask-aside", request(question, words));
  }

  String reviewAgain() {
    return templates.render("review-again", Map.of());
  }

  String mendReview(List<Finding> findings) {
    Map<String, Object> data = marks();
    data.put(
        "findings",
        findings.stream()
            .map(finding ->
                Map.of(
                    "severity", finding.severity().name().toLowerCase(java.util.Locale.ROOT),
                    "place", oneLine(quoted(finding.place())),
                    "text", quoted(finding.text())))
            .toList());
    return templates.render("mend-review", data);
  }

  String mendVerify(List<Check> failed) {
    Map<String, Object> data = marks();
    data.put(
        "checks",
        failed.stream()
            .map(check ->
                Map.of(
                    "command", oneLine(check.command()),
                    "result", check.result(),
                    "output", quoted(check.output())))
            .toList());
    return templates.render("mend-verify", data);
  }

  private Map<String, Object> request(Brief brief) {
    Map<String, Object> data = request(brief.request(), brief.words());
    data.put("repository", brief.repository().toString());
    data.put("title", oneLine(quoted(brief.title())));
    return data;
  }

  private Map<String, Object> request(Mention mention, String words) {
    Map<String, Object> data = marks();
    data.put("requester", mention.author().login());
    data.put("link", mention.link().toString());
    data.put("request", quoted(words));
    return data;
  }

  private static List<Map<String, String>> quoted(List<Quoted> texts) {
    return texts.stream()
        .map(text ->
            Map.of("author", text.author(), "role", text.role(), "words", quoted(text.words())))
        .toList();
  }

  private Map<String, Object> marks() {
    byte[] word = new byte[8];
    random.nextBytes(word);
    String nonce = HexFormat.of().formatHex(word);
    Map<String, Object> data = new HashMap<>();
    data.put("begin", "<<< begin " + nonce);
    data.put("end", "<<< end " + nonce);
    return data;
  }

  /** Whoever made it, what shows nothing is not in it. */
  private static String quoted(String text) {
    return SANITIZER.plain(text).text().strip();
  }

  private static String shown(String markdown) {
    return SANITIZER.markdown(markdown).text().strip();
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
