package dev.knight.git;

import static java.util.Objects.requireNonNull;

import dev.knight.job.MisconfiguredException;
import dev.knight.job.RepositoryName;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;

/** The repository on the other side, over HTTP. */
final class HttpRemote implements Remote {
  /** Branches alone: {@code refs/pull/*} makes a fetch twenty times slower. */
  private static final RefSpec BRANCHES = new RefSpec("+refs/heads/*:refs/remotes/origin/*");

  private static final Set<String> LOOPBACK = Set.of("localhost", "[::1]");
  private static final Pattern LOOPBACK_4 = Pattern.compile("127(\\.[0-9]{1,3}){3}");

  private final RepositoryName name;
  private final URIish uri;
  private final GitCredentials credentials;
  private final GitLimits limits;
  private final RemoteErrors errors;

  /**
   * @throws MisconfiguredException if {@code url} is neither https nor http on this machine
   */
  HttpRemote(
      RepositoryName name,
      URI url,
      GitCredentials credentials,
      GitLimits limits,
      RemoteErrors errors) {
    this.name = name;
    this.uri = checked(name, url);
    this.credentials = credentials;
    this.limits = limits;
    this.errors = errors;
  }

  private static URIish checked(RepositoryName name, URI url) {
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    String host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
    boolean local = LOOPBACK.contains(host) || LOOPBACK_4.matcher(host).matches();
    boolean allowed = scheme.equals("https") || (scheme.equals("http") && local);
    boolean plain =
        url.getHost() != null
            && url.getRawUserInfo() == null
            && url.getRawQuery() == null
            && url.getRawFragment() == null;
    if (!allowed || !plain) {
      throw new MisconfiguredException(
          "knight does not clone %s from there: the URL must be https://HOST/PATH (http only on this machine) and hold no credentials. Check knight.github.api-url"
              .formatted(name));
    }
    try {
      return new URIish(url.toString());
    } catch (URISyntaxException e) {
      throw new MisconfiguredException("The clone URL of %s is not a URL".formatted(name), e);
    }
  }

  @Override
  public void fetch(Repository git) {
    fetch(git, BRANCHES, "fetch " + name);
  }

  @Override
  public void fetchPull(Repository git, long number, String reference) {
    fetch(
        git,
        new RefSpec("+refs/pull/%d/head:%s".formatted(number, reference)),
        "fetch pull request %d of %s".formatted(number, name));
  }

  private void fetch(Repository git, RefSpec what, String aim) {
    LastAnswer answer = new LastAnswer();
    Deadline deadline = new Deadline(limits.time());
    try (Transport transport = open(git, answer)) {
      transport.setTagOpt(TagOpt.NO_TAGS);
      transport.setRemoveDeletedRefs(true);
      transport.fetch(deadline, List.of(what));
    } catch (IOException e) {
      throw errors.of(aim, name, answer, e);
    }
  }

  @Override
  public Push push(Repository git, Commit commit, BranchName branch) {
    return push(git, commit, branch, true);
  }

  private Push push(Repository git, Commit commit, BranchName branch, boolean first) {
    String aim = "push %s to %s".formatted(branch, name);
    PushResult result = pushed(aim, git, commit, branch);
    RemoteRefUpdate update = result.getRemoteUpdate(branch.ref());
    return switch (update.getStatus()) {
      case OK -> new Push.Pushed(commit);
      case UP_TO_DATE -> new Push.AlreadyThere(commit);
      case REJECTED_NONFASTFORWARD, REJECTED_REMOTE_CHANGED ->
          moved(result.getAdvertisedRef(branch.ref()));
      case REJECTED_OTHER_REASON, NOT_ATTEMPTED, AWAITING_REPORT -> {
        String said = said(update, result);
        if (first && RemoteErrors.isRace(said)) {
          yield push(git, commit, branch, false);
        }
        throw errors.rejected(aim, said);
      }
      case NON_EXISTING, REJECTED_NODELETE ->
          throw new IllegalStateException("A push that deletes nothing was " + update.getStatus());
    };
  }

  private static Push moved(Ref advertised) {
    return new Push.Moved(Commit.of(requireNonNull(advertised.getObjectId())));
  }

  private PushResult pushed(String aim, Repository git, Commit commit, BranchName branch) {
    LastAnswer answer = new LastAnswer();
    Deadline deadline = new Deadline(limits.time());
    try (Transport transport = open(git, answer)) {
      ObjectId id = commit.objectId();
      var update = new RemoteRefUpdate(git, commit.id(), id, branch.ref(), false, null, null);
      return transport.push(deadline, List.of(update));
    } catch (IOException e) {
      throw errors.of(aim, name, answer, e);
    }
  }

  private static String said(RemoteRefUpdate update, PushResult result) {
    return Optional.ofNullable(update.getMessage()).orElse("") + "\n" + result.getMessages();
  }

  private Transport open(Repository git, LastAnswer answer) throws IOException {
    Transport transport = Transport.open(git, uri);
    if (!(transport instanceof TransportHttp http)) {
      transport.close();
      throw new TransportException(uri, "not over HTTP");
    }
    http.setHttpConnectionFactory(answer);
    http.setTimeout(Math.toIntExact(limits.silence().toSeconds()));
    http.setCredentialsProvider(credentials.token(name).map(OneTry::new).orElse(null));
    return http;
  }
}
