package dev.knight.dashboard;

import java.util.List;

/** The repositories that knight works on. */
record RepositoriesView(List<Card> repositories, int days) {

  /**
   * A repository. A text that there is none of is empty.
   *
   * @param state {@code good}, {@code warn} or {@code bad}
   * @param word what that means
   * @param trouble why it cannot be looked at
   * @param lookedAt when it was; none before the first time
   * @param configState of its {@code .knight.yml}: {@code good}, {@code bad}, or nothing known
   * @param configWord what that means
   * @param active how many jobs are under way
   * @param history where its jobs are
   */
  record Card(
      String name,
      String url,
      String state,
      String word,
      String trouble,
      List<Moment> lookedAt,
      String configState,
      String configWord,
      String active,
      String jobs,
      String pullRequests,
      String merged,
      String cost,
      String history,
      List<Rule> conventions) {}

  /**
   * A convention that knight keeps in mind.
   *
   * @param mayConfirm whether it does not hold yet
   * @param source the comment that it comes from, or empty
   */
  record Rule(long id, String text, String stage, String by, String source, boolean mayConfirm) {}
}
