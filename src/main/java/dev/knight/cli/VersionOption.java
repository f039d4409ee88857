package dev.knight.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code knight --version} says. */
final class VersionOption implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"knight " + Version.number()};
  }
}
