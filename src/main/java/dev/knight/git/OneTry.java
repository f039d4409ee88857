package dev.knight.git;

import dev.knight.job.Secret;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/**
 * A token, offered once. JGit would offer a bad one four times, and GitHub counts: too many bad
 * passwords lock the account out for a while.
 */
final class OneTry extends UsernamePasswordCredentialsProvider {
  private boolean failed;

  OneTry(Secret token) {
    super("x-access-token", token.reveal());
  }

  @Override
  public boolean get(URIish uri, CredentialItem... items) {
    return !failed && super.get(uri, items);
  }

  @Override
  public void reset(URIish uri) {
    failed = true;
  }
}
