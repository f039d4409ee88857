package dev.knight.attempt;

import dev.knight.hygiene.Removed;
import dev.knight.hygiene.Sanitized;
import dev.knight.hygiene.Sanitizer;
import dev.knight.job.Convention;
import dev.knight.job.Mention;
import dev.knight.job.RepositoryName;
import java.util.List;
import java.util.Set;

/**
 * The task as the agent is told of it: what people see of the texts that it is made of.
 *
 * @param repository where it works
 * @param title the title, in one line
 * @param request the mention that asked, as it was written
 * @param words what it says
 * @param context the issue and its comments, as they were when it was asked
 * @param notes what the repository says to agents
 * @param conventions what the repository's people want done so, or said once
 * @param labels the names of the labels
 * @param removed what was left out of all of them
 */
record Brief(
    RepositoryName repository,
    String title,
    Mention request,
    String words,
    List<Quoted> context,
    List<Quoted> notes,
    List<Convention> conventions,
    Set<String> labels,
    Removed removed) {
  Brief {
    context = List.copyOf(context);
    notes = List.copyOf(notes);
    conventions = List.copyOf(conventions);
    labels = Set.copyOf(labels);
  }

  /** What is said by {@code request}, by {@code context} and by {@code notes}. */
  static Brief of(
      RepositoryName repository, Mention request, List<Quoted> context, List<Quoted> notes) {
    Gathered gathered = new Gathered();
    return new Brief(
        repository,
        gathered.kept(gathered.sanitizer.plain(request.title())).strip().replaceAll("\\s+", " "),
        request,
        gathered.kept(gathered.sanitizer.markdown(request.text())),
        gathered.kept(context),
        gathered.kept(notes),
        List.of(),
        Set.of(),
        gathered.removed);
  }

  /** The same where {@code rules} hold. */
  Brief with(List<Convention> rules) {
    return new Brief(repository, title, request, words, context, notes, rules, labels, removed);
  }

  /** The same under an issue with {@code names}. */
  Brief labelled(Set<String> names) {
    return new Brief(
        repository, title, request, words, context, notes, conventions, names, removed);
  }

  /** For people; empty if nothing was left out. */
  String note() {
    return removed.isNothing()
        ? ""
        : "I left out of what I read, since the page does not show it: " + removed + ".";
  }

  private static final class Gathered {
    private final Sanitizer sanitizer = new Sanitizer();
    private Removed removed = Removed.NOTHING;

    private String kept(Sanitized text) {
      removed = removed.and(text.removed());
      return text.text();
    }

    private List<Quoted> kept(List<Quoted> texts) {
      return texts.stream()
          .map(text ->
              new Quoted(text.author(), text.role(), kept(sanitizer.markdown(text.words()))))
          .toList();
    }
  }
}
