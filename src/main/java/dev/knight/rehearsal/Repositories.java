package dev.knight.rehearsal;

import dev.knight.job.RepositoryName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The repositories of a {@link World}, by name and by number, and the names that they had. */
final class Repositories implements AutoCloseable {
  private final Path directory;
  private final Register register;
  private final Map<RepositoryName, HostedRepository> named = new HashMap<>();
  private final Map<RepositoryName, Long> moved = new HashMap<>();

  /**
   * No repositories yet.
   *
   * @param directory where the bare repositories are put
   */
  Repositories(Path directory, Register register) {
    this.directory = directory;
    this.register = register;
  }

  void add(RepositoryName name, Account owner, String branch, Map<String, byte[]> files)
      throws IOException {
    long id = register.nextId();
    BareRepository git = BareRepository.create(directory.resolve(id + ".git"), branch);
    git.commit(branch, owner, "Begin", files, register.now());
    named.put(name, new HostedRepository(id, name, owner, git, register));
  }

  /** Gives a repository another name; under the old one GitHub says where it went. */
  void rename(HostedRepository repository, RepositoryName name) {
    named.remove(repository.name());
    moved.put(repository.name(), repository.id());
    repository.rename(name);
    named.put(name, repository);
  }

  void remove(RepositoryName name) {
    find(name).ifPresent(gone -> gone.git().close());
    named.remove(name);
  }

  Optional<HostedRepository> find(RepositoryName name) {
    return Optional.ofNullable(named.get(name));
  }

  List<HostedRepository> all() {
    return List.copyOf(named.values());
  }

  Optional<HostedRepository> find(long id) {
    return named.values().stream().filter(one -> one.id() == id).findFirst();
  }

  /** The number of the repository that had this name once. */
  Optional<Long> moved(RepositoryName name) {
    return Optional.ofNullable(moved.get(name));
  }

  /** A name as it stands in an address; empty if no repository can be called so. */
  static Optional<RepositoryName> name(String owner, String name) {
    try {
      return Optional.of(new RepositoryName(owner, name));
    } catch (IllegalArgumentException notAName) {
      return Optional.empty();
    }
  }

  /** Files from texts. */
  static Map<String, byte[]> bytes(Map<String, String> files) {
    Map<String, byte[]> bytes = new TreeMap<>();
    files.forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
    return bytes;
  }

  /** The files below a directory. */
  static Map<String, byte[]> read(Path directory) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.put(directory.relativize(path).toString(), Files.readAllBytes(path));
      }
    }
    return files;
  }

  @Override
  public void close() {
    named.values().forEach(repository -> repository.git().close());
  }
}
