package dev.knight.rehearsal;

import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;

/**
 * The accounts and repositories that a stand-in holds: what a test or the demo sets up, lets people
 * do, and looks at afterwards. What people do here needs no permission and leaves no request in the
 * log. Safe for use by several threads; an unknown login, repository or number is an {@link
 * IllegalArgumentException}.
 */
public final class World implements AutoCloseable {
  private final Register register;
  private final Conversations conversations;
  private final Pulls pulls;
  private final Repositories repositories;
  private final Map<String, Token> tokens = new HashMap<>();
  private final List<App> apps = new ArrayList<>();
  private @Nullable String lastInstallationToken;

  /**
   * An empty world.
   *
   * @param directory where its bare repositories are put
   * @param clock the time that all its dates are taken from
   */
  World(Path directory, InstantSource clock) {
    this.register = new Register(clock);
    this.conversations = new Conversations(register);
    this.pulls = new Pulls(register, conversations);
    this.repositories = new Repositories(directory, register);
  }

  /** Makes an account of a person; one that is there stays as it is. */
  public synchronized Account addUser(String login) {
    return register.account(login).orElseGet(() -> register.add(login, false));
  }

  /** Makes an account that GitHub calls a bot. */
  public synchronized Account addBot(String login) {
    return register.account(login).orElseGet(() -> register.add(login, true));
  }

  /** Gives an account a token; the right is a ceiling, the account's permissions still count. */
  public synchronized void addToken(String token, String login, TokenRight right) {
    tokens.put(token, new Token(token, account(login), right));
  }

  /**
   * Makes a GitHub App that is installed on everything its account may work on.
   *
   * @param slug its name in addresses; its account's login is {@code slug[bot]}
   * @param key what its signatures are held against
   */
  public synchronized void addApp(long id, long installation, String slug, PublicKey key) {
    apps.add(new App(id, installation, slug, addBot(slug + "[bot]"), key));
  }

  /** The token of an App's installation that was made last, if one was. */
  public synchronized Optional<String> lastInstallationToken() {
    return Optional.ofNullable(lastInstallationToken);
  }

  /** Makes a token of {@code app}'s installation. */
  synchronized String mint(App app) {
    String token = "ghs_%d_installation.%d".formatted(app.id(), register.nextId());
    tokens.put(token, new Token(token, app.account(), TokenRight.INSTALLATION));
    lastInstallationToken = token;
    return token;
  }

  /** The App that signed {@code credential}. */
  synchronized Optional<App> app(String credential) {
    return apps.stream().filter(app -> app.signed(credential, register.instant())).findFirst();
  }

  /** Takes a token away: from now on it is a bad credential. */
  public synchronized void revokeToken(String token) {
    tokens.remove(token);
  }

  /** Makes a public repository with the files in a first commit on {@code main}. */
  public synchronized void addRepository(RepositoryName name, Map<String, String> files) {
    add(name, "main", () -> Repositories.bytes(files));
  }

  /** Makes a public repository with the files below a directory in a first commit. */
  public synchronized void addRepository(RepositoryName name, Path files, String defaultBranch) {
    add(name, defaultBranch, () -> Repositories.read(files));
  }

  private void add(RepositoryName name, String branch, Reading<Map<String, byte[]>> files) {
    Account owner = addUser(name.owner());
    reading(() -> {
      repositories.add(name, owner, branch, files.read());
      return name;
    });
  }

  /** Renames or transfers a repository: GitHub answers at the old name with where it went. */
  public synchronized void renameRepository(RepositoryName name, RepositoryName newName) {
    repositories.rename(hosted(name), newName);
  }

  /** Removes a repository: from now on it is not found. */
  public synchronized void removeRepository(RepositoryName name) {
    repositories.remove(name);
  }

  /** Gives an account a permission on a repository. */
  public synchronized void permit(RepositoryName name, String login, Permission permission) {
    hosted(name).permit(account(login), permission);
  }

  /** Archives a repository, which makes it read-only, or takes it back. */
  public synchronized void setArchived(RepositoryName name, boolean archived) {
    hosted(name).archive(archived);
  }

  /** Makes a repository private, so that only those with a permission see it, or public. */
  public synchronized void setPrivate(RepositoryName name, boolean hidden) {
    hosted(name).hide(hidden);
  }

  /** Opens an issue. */
  public synchronized Subject openIssue(
      RepositoryName name, String author, String title, String body) {
    return new Subject(
        name, conversations.open(hosted(name), account(author), title, body).number());
  }

  /** Opens a pull request of two branches of the repository. */
  public synchronized Subject openPullRequest(
      RepositoryName name, String author, String title, String body, String head) {
    HostedRepository repository = hosted(name);
    return reading(() -> {
      String base = repository.git().defaultBranch();
      Pulls.Request request = new Pulls.Request(title, body, head, base, false);
      return new Subject(name, pulls.open(repository, account(author), request).number());
    });
  }

  /** Changes title and body of an issue or pull request. */
  public synchronized void editIssue(Subject subject, String title, String body) {
    conversations.edit(hosted(subject.repository()), issue(subject), title, body);
  }

  /** Makes a draft of a pull request, as a person. */
  public synchronized void convertToDraft(Subject subject) {
    Issue issue = issue(subject);
    Pull draft = issue.pull().orElseThrow().drafted(true);
    hosted(subject.repository()).keep(issue.with(draft, register.now()));
  }

  /** Closes an issue or pull request. */
  public synchronized void closeIssue(Subject subject) {
    conversations.close(hosted(subject.repository()), issue(subject), "completed");
  }

  /** Deletes an issue, of which GitHub says then that it is gone. */
  public synchronized void deleteIssue(Subject subject) {
    hosted(subject.repository()).delete(issue(subject));
  }

  /** Locks a conversation: nobody without write permission can comment. */
  public synchronized void lock(Subject subject) {
    hosted(subject.repository()).keep(issue(subject).locked(true, register.now()));
  }

  /** Writes into a conversation; gives the comment's id. */
  public synchronized long comment(Subject subject, String author, String body) {
    HostedRepository repository = hosted(subject.repository());
    return conversations.comment(repository, issue(subject), account(author), body).id();
  }

  /** Changes a comment of any kind. */
  public synchronized void editComment(RepositoryName name, long id, String body) {
    HostedRepository repository = hosted(name);
    conversations.edit(repository, repository.comment(id).orElseThrow(), body);
  }

  /** Deletes a comment of any kind. */
  public synchronized void deleteComment(RepositoryName name, long id) {
    HostedRepository repository = hosted(name);
    conversations.delete(repository, repository.comment(id).orElseThrow());
  }

  /** Reviews a pull request; gives the review's id. */
  public synchronized long review(
      Subject subject, String author, Review.Opinion opinion, String body) {
    HostedRepository repository = hosted(subject.repository());
    return conversations.review(repository, issue(subject), account(author), opinion, body).id();
  }

  /** Reviews a pull request with comments on its lines, as one; gives the comments' ids. */
  public synchronized List<Long> review(
      Subject subject, String author, Review.Opinion opinion, String body, List<Note> notes) {
    HostedRepository repository = hosted(subject.repository());
    Account reviewer = account(author);
    Review review = conversations.review(repository, issue(subject), reviewer, opinion, body);
    return notes.stream()
        .map(note -> {
          Comment.Line place =
              new Comment.Line(
                  note.path(), note.line(), review.commit(), review.id(), Optional.empty());
          return conversations
              .reviewComment(repository, issue(subject), reviewer, note.body(), place)
              .id();
        })
        .toList();
  }

  /** What a reviewer writes on a line. */
  public record Note(String path, int line, String body) {}

  /** Whether the thread that a comment begins is settled. */
  public synchronized boolean isResolved(RepositoryName name, long firstComment) {
    return hosted(name).isResolved(firstComment);
  }

  /** Comments on a line of a pull request, in a review of its own; gives the comment's id. */
  public synchronized long reviewComment(
      Subject subject, String author, String path, int line, String body) {
    HostedRepository repository = hosted(subject.repository());
    Account reviewer = account(author);
    Review review =
        conversations.review(repository, issue(subject), reviewer, Review.Opinion.COMMENTED, "");
    Comment.Line place =
        new Comment.Line(path, line, review.commit(), review.id(), Optional.empty());
    return conversations.reviewComment(repository, issue(subject), reviewer, body, place).id();
  }

  /** Answers in the thread of review comments that {@code first} begins; gives the comment's id. */
  public synchronized long answer(Subject subject, long first, String author, String body) {
    HostedRepository repository = hosted(subject.repository());
    Comment thread = repository.comment(first).orElseThrow();
    return conversations.answer(repository, issue(subject), account(author), thread, body).id();
  }

  /** Reacts to something as a person. */
  public synchronized void react(
      RepositoryName name, Reaction.Target target, String author, String content) {
    conversations.react(hosted(name), target, account(author), content);
  }

  /** A person labels an issue or pull request. */
  public synchronized void label(Subject subject, String name) {
    Issue issue = issue(subject);
    HostedRepository repository = hosted(subject.repository());
    repository.label(issue.number(), name);
    repository.keep(issue.touched(register.now()));
  }

  /** Makes a label that issues and pull requests of the repository can bear. */
  public synchronized void addLabel(RepositoryName name, String label) {
    hosted(name).addLabel(label);
  }

  /** What an issue or pull request is labelled with. */
  public synchronized Set<String> labels(Subject subject) {
    return Set.copyOf(hosted(subject.repository()).labels(subject.number()));
  }

  /** The logins of those who are asked to review a pull request. */
  public synchronized List<String> reviewers(Subject subject) {
    return hosted(subject.repository()).reviewers(subject.number()).stream()
        .map(Account::login)
        .toList();
  }

  /** A person takes a reaction back. */
  public synchronized void unreact(
      RepositoryName name, Reaction.Target target, String author, String content) {
    HostedRepository repository = hosted(name);
    repository.reactions(target).stream()
        .filter(reaction -> reaction.author().id() == account(author).id())
        .filter(reaction -> reaction.content().equals(content))
        .forEach(reaction -> repository.forget(target, reaction));
  }

  /** Commits files to a branch, as a person's push would. */
  public synchronized void push(
      RepositoryName name,
      String branch,
      String author,
      String message,
      Map<String, String> files) {
    HostedRepository repository = hosted(name);
    reading(() -> {
      repository
          .git()
          .commit(branch, account(author), message, Repositories.bytes(files), register.now());
      pulls.pushed(repository, branch);
      return branch;
    });
  }

  /** Merges a pull request as a person. */
  public synchronized void merge(Subject subject, String author) {
    HostedRepository repository = hosted(subject.repository());
    reading(() -> pulls.merge(repository, issue(subject), account(author)));
  }

  /**
   * Lets {@code job} of {@code workflow} run on each push from now on, and on what is at the head
   * of the default branch.
   */
  public synchronized void addWorkflow(
      RepositoryName name, String workflow, String job, Workflow does) {
    HostedRepository repository = hosted(name);
    repository.actions().add(workflow, job, does);
    reading(() -> {
      String branch = repository.git().defaultBranch();
      repository.actions().pushed(branch, repository.git().head(branch).orElseThrow());
      return branch;
    });
  }

  /** Ends a job that runs on a commit. */
  public synchronized void conclude(
      RepositoryName name, String commit, String job, Workflow.Built built) {
    hosted(name).actions().conclude(commit, job, built);
  }

  /** Lets the App {@code app} say how a check of its own stands, or no App at all a status. */
  public synchronized void check(
      RepositoryName name, String commit, String app, String check, Workflow.Built built) {
    hosted(name).actions().say(commit, app, check, built);
  }

  /** Lets a branch require checks before anything is merged into it. */
  public synchronized void require(RepositoryName name, String branch, Set<String> checks) {
    hosted(name).actions().require(branch, checks);
  }

  /** The runs of a commit. */
  public synchronized List<ActionsRun> runs(RepositoryName name, String commit) {
    return hosted(name).actions().runs(commit);
  }

  /** Runs the failed jobs of a run once more, as a person does. */
  public synchronized void rerun(RepositoryName name, ActionsRun run) {
    Actions actions = hosted(name).actions();
    actions.run(run.id()).ifPresent(actions::rerunFailed);
  }

  /** A job's log. */
  synchronized Optional<String> log(long repository, long job) {
    return repositories
        .find(repository)
        .flatMap(hosted -> hosted.actions().job(job))
        .map(LogSite::written);
  }

  /** An issue or pull request as it is now. */
  public synchronized Issue issue(Subject subject) {
    return hosted(subject.repository())
        .issue(subject.number())
        .orElseThrow(() -> new IllegalArgumentException("There is no " + subject));
  }

  /** All pull requests of a repository, open and closed, by number. */
  public synchronized List<Issue> pullRequests(RepositoryName name) {
    return hosted(name).issues().stream().filter(issue -> issue.pull().isPresent()).toList();
  }

  /** The conversation of an issue or pull request, oldest first. */
  public synchronized List<Comment> comments(Subject subject) {
    return comments(subject, comment -> comment.line().isEmpty());
  }

  /** The comments on lines of a pull request, oldest first. */
  public synchronized List<Comment> reviewComments(Subject subject) {
    return comments(subject, comment -> comment.line().isPresent());
  }

  private List<Comment> comments(Subject subject, Predicate<Comment> kind) {
    return hosted(subject.repository()).comments().stream()
        .filter(comment -> comment.number() == subject.number())
        .filter(kind)
        .toList();
  }

  /** The reactions to something, oldest first. */
  public synchronized List<Reaction> reactions(RepositoryName name, Reaction.Target target) {
    return hosted(name).reactions(target);
  }

  /** The branches of a repository. */
  public synchronized List<String> branches(RepositoryName name) {
    return reading(() -> hosted(name).git().branches());
  }

  /** A file's text at the head of a branch. */
  public synchronized Optional<String> file(RepositoryName name, String branch, String path) {
    return reading(() -> hosted(name).git().file(branch, path));
  }

  /** What the newest commit of a branch says. */
  public synchronized Optional<String> message(RepositoryName name, String branch) {
    return reading(() -> hosted(name).git().head(branch)).map(RevCommit::getFullMessage);
  }

  /** The newest commit of a branch. */
  public synchronized Optional<String> head(RepositoryName name, String branch) {
    return reading(() -> hosted(name).git().head(branch)).map(RevCommit::getName);
  }

  /** The commits that the newest one of a branch stands on, the first one first. */
  public synchronized List<String> parents(RepositoryName name, String branch) {
    return reading(() -> hosted(name).git().head(branch)).stream()
        .flatMap(commit -> Stream.of(commit.getParents()))
        .map(RevCommit::getName)
        .toList();
  }

  /** What {@code branch} changes, as a unified diff against the default branch. */
  public synchronized String diff(RepositoryName name, String branch) {
    return reading(() -> hosted(name).git().diff(branch));
  }

  /** The paths of all files at the head of a branch. */
  public synchronized List<String> paths(RepositoryName name, String branch) {
    return reading(() -> hosted(name).git().paths(branch));
  }

  /** How often and where GitHub would have told a person of a mention, oldest first. */
  public synchronized List<Notification> notifications(String login) {
    return register.notifications().stream()
        .filter(told -> told.login().equalsIgnoreCase(login))
        .toList();
  }

  Register register() {
    return register;
  }

  Conversations conversations() {
    return conversations;
  }

  Pulls pulls() {
    return pulls;
  }

  synchronized List<HostedRepository> repositories() {
    return repositories.all();
  }

  synchronized Optional<HostedRepository> repository(RepositoryName name) {
    return repositories.find(name);
  }

  synchronized Optional<HostedRepository> repository(long id) {
    return repositories.find(id);
  }

  synchronized Optional<Long> moved(RepositoryName name) {
    return repositories.moved(name);
  }

  synchronized Optional<Token> token(String value) {
    return Optional.ofNullable(tokens.get(value))
        .or(() -> app(value).map(app -> new Token(value, app.account(), TokenRight.APP)));
  }

  private HostedRepository hosted(RepositoryName name) {
    return repository(name)
        .orElseThrow(() -> new IllegalArgumentException("There is no repository " + name));
  }

  private Account account(String login) {
    return register
        .account(login)
        .orElseThrow(() ->
            new IllegalArgumentException("There is no account " + login.toLowerCase(Locale.ROOT)));
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  private static <T> T reading(Reading<T> reading) {
    try {
      return reading.read();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public synchronized void close() {
    repositories.close();
  }
}
