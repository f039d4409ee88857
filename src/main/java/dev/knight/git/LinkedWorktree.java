package dev.knight.git;

import dev.knight.home.KnightHome;
import dev.knight.job.JobId;
import dev.knight.job.MisconfiguredException;
import dev.knight.overlay.Layers;
import dev.knight.overlay.LayersException;
import dev.knight.overlay.Sight;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.jboss.logging.Logger;

/**
 * Where a worktree of one job lies and how it comes to be, in the form that git itself gives one. A
 * job has its own, and at times a second one in which things are only tried out ({@code JOB-base}):
 *
 * <pre>
 *   MIRROR/worktrees/JOB/{HEAD,commondir,gitdir,index}    MIRROR/refs/knight/jobs/JOB
 *                                                         MIRROR/refs/knight/moves/JOB
 *                                                         MIRROR/refs/knight/layers/JOB
 *   WORKTREES/JOB/.git                                    WORKTREES/.JOB.making, until it is whole
 *   WORKTREES/.JOB.git, what the agent sees in the mirror's place
 * </pre>
 *
 * Where there is {@code layers}, the worktree lies over the template of that commit: its directory
 * holds what differs alone, {@code WORKTREES/.JOB.work} is the kernel's own, and all of it is seen
 * through a {@link Sight}.
 *
 * <p>Pin, admin files, then the directory under its name, in one move: a directory of that name is
 * whole. Removal goes the other way round.
 */
final class LinkedWorktree {
  private static final Logger LOG = Logger.getLogger(LinkedWorktree.class);

  /** Where the agent's jail sees the objects of the mirror. */
  private static final Path BORROWED = Path.of("/run/objects");

  private static final String FETCHED = "refs/remotes/origin/";
  private static final String LAYERS = "refs/knight/layers/";

  /** Without a name and an address, git neither commits nor stashes. */
  private static final String AGENT =
      """
      [user]
      \tname = agent
      \temail = agent@knight.invalid
      """;

  private final KnightHome home;
  private final BareRepository mirror;
  private final Layering layering;
  private final String name;
  private final Path directory;

  private LinkedWorktree(
      KnightHome home, BareRepository mirror, Layering layering, Path directory) {
    this.home = home;
    this.mirror = mirror;
    this.layering = layering;
    this.name = directory.getFileName().toString();
    this.directory = directory;
  }

  /** The one in which the agent of {@code job} works. */
  static LinkedWorktree of(KnightHome home, BareRepository mirror, Layering layering, JobId job) {
    return new LinkedWorktree(home, mirror, layering, home.worktree(job));
  }

  /** The one in which things are only tried out. */
  static LinkedWorktree scratch(
      KnightHome home, BareRepository mirror, Layering layering, JobId job) {
    return new LinkedWorktree(home, mirror, layering, home.scratch(job));
  }

  /** The commits over whose templates worktrees of {@code mirror} lie. */
  static Set<Commit> below(BareRepository mirror) throws IOException {
    return mirror.git().getRefDatabase().getRefsByPrefix(LAYERS).stream()
        .map(Ref::getObjectId)
        .filter(Objects::nonNull)
        .map(Commit::of)
        .collect(Collectors.toSet());
  }

  /** Where the template is that it lies over, if it does. */
  Optional<Path> below() throws IOException {
    return mirror.at(layer()).map(commit -> Templates.at(mirror, commit).directory());
  }

  /** Where the agent works. */
  Path directory() {
    return directory;
  }

  /** Where git keeps what belongs to this worktree alone. */
  Path admin() {
    return mirror.path().resolve("worktrees").resolve(name);
  }

  /** The commit that it was made from, if it is there and whole. */
  Optional<Commit> base() throws IOException {
    if (!isDirectory(directory)) {
      return Optional.empty();
    }
    Optional<Commit> base = mirror.at(pin());
    if (base.isEmpty() || !isDirectory(admin())) {
      throw new MisconfiguredException(
          "%s is not a worktree of %s: move it away and try again"
              .formatted(directory, mirror.path()));
    }
    describe();
    Files.deleteIfExists(admin().resolve("locked"));
    return base;
  }

  /**
   * The same for who only looks on: nothing is put in order, and what is not whole is not there.
   */
  Optional<Commit> seen() throws IOException {
    return isDirectory(directory) ? mirror.at(pin()) : Optional.empty();
  }

  /** What the files were brought to when they had {@code known} and came onto {@code head}. */
  Optional<Merge> move(Commit known, Commit head) throws IOException {
    Optional<Move> last = Move.read(mirror, moves());
    return last.filter(move -> move.known().equals(known) && move.head().equals(head))
        .map(Move::merge);
  }

  /** Whether the files were ever brought onto what people pushed. */
  boolean isMoved() throws IOException {
    return mirror.at(moves()).isPresent();
  }

  /** What the files were brought onto last, if that was begun when they had {@code known}. */
  Optional<Commit> begun(Commit known) throws IOException {
    return Move.read(mirror, moves()).filter(move -> move.known().equals(known)).map(Move::head);
  }

  /** The tree that the files were brought to last, if they ever were. */
  Optional<ObjectId> moved() throws IOException {
    return Move.read(mirror, moves()).map(move -> ObjectId.fromString(move.merge().tree()));
  }

  /** Puts on record what the files are about to be brought to. */
  void move(Commit known, Commit head, Merge merge) throws IOException {
    new Move(known, head, merge).write(mirror, moves());
  }

  /** From now on it counts as made from {@code base}. */
  void rebase(Commit base) throws IOException {
    mirror.point(pin(), base.objectId());
  }

  /** The conflicts of the last move, if that was onto {@code head}. */
  List<String> conflicts(Commit head) throws IOException {
    return Move.read(mirror, moves())
        .filter(move -> move.head().equals(head))
        .map(move -> move.merge().conflicts())
        .orElse(List.of());
  }

  /**
   * Makes it anew, from {@code base}. What an earlier try left is thrown away. It lies over a
   * template where that is wanted and this machine can.
   */
  void make(Commit base, Checkout checkout) throws IOException {
    if (layering.overlays().isWanted()) {
      mirror.point(layer(), base.objectId());
      Template template = layering.templates().of(mirror, base, checkout);
      make(
          base,
          (_, index) -> {
            home.make(sibling("work"));
            Files.copy(template.index(), index);
          });
      if (layering.overlays().fits(layers(template))) {
        return;
      }
      remove();
    }
    mirror.forget(layer());
    make(base, (making, index) -> checkout.write(mirror.tree(base), making, index));
  }

  /** What puts the files into the directory that is to be the worktree's, and writes its index. */
  @FunctionalInterface
  private interface Filling {
    void fill(Path making, Path index) throws IOException;
  }

  private void make(Commit base, Filling filling) throws IOException {
    Path making = sibling("making");
    Removal.of(making);
    Removal.of(sibling("work"));
    Removal.of(sibling("git"));
    Removal.of(admin());
    mirror.point(pin(), base.objectId());
    home.make(admin());
    home.make(making);
    write(admin().resolve("locked"), "initializing\n");
    write(admin().resolve("HEAD"), base + "\n");
    describe();
    filling.fill(making, admin().resolve("index"));
    write(making.resolve(".git"), "gitdir: " + admin() + "\n");
    Files.move(making, directory, StandardCopyOption.ATOMIC_MOVE);
    Files.delete(admin().resolve("locked"));
  }

  /** All of its files, as long as the sight is open, for who only looks on. */
  Sight glance() throws IOException {
    Optional<Commit> below = mirror.at(layer());
    return below.isPresent()
        ? layering.overlays().sight(whole(below.get()))
        : Sight.plain(directory);
  }

  /** Somebody may have deleted what it lies over. */
  private Layers whole(Commit below) throws IOException {
    Template template = template(below);
    home.make(sibling("work"));
    return layers(template);
  }

  /**
   * All of its files, as long as the sight is open. If nobody looks at it, and it is not to lie in
   * layers any more or this machine cannot show it, it gets all of its files itself.
   */
  Sight sight() throws IOException {
    return sight(layers -> layering.overlays().sight(layers));
  }

  /** The same for somebody who works in it. */
  Sight hold() throws IOException {
    return sight(layers -> layering.overlays().hold(layers));
  }

  /** How it is shown. */
  @FunctionalInterface
  private interface Showing {
    Sight of(Layers layers) throws IOException;
  }

  private Sight sight(Showing showing) throws IOException {
    Optional<Commit> below = mirror.at(layer());
    if (below.isEmpty()) {
      return Sight.plain(directory);
    }
    if (layering.overlays().isWanted() && !Files.exists(flattened())) {
      try {
        return showing.of(whole(below.get()));
      } catch (LayersException refused) {
        LOG.warnf("%s gets all of its files itself: %s", directory, refused.getMessage());
      }
    }
    return layering.overlays().unlessSeen(directory, () -> flatten(below.get()))
        ? Sight.plain(directory)
        : showing.of(whole(below.get()));
  }

  /** Whether who works in it, or did in an earlier service's life, goes on seeing all its files. */
  boolean isShown() throws IOException {
    return mirror.at(layer()).isEmpty()
        || (layering.overlays().isWanted() && layering.overlays().isShown(directory));
  }

  /**
   * Gives it all of its files itself. From the mark on there is nothing but marks of the kernel's
   * to be cleared away; whatever they stand for is not copied again.
   */
  private void flatten(Commit below) throws IOException {
    if (mirror.at(layer()).isEmpty()) {
      return; // somebody else has done it meanwhile
    }
    Removal.of(sibling("work"));
    Flattening flattening =
        new Flattening(template(below).files(), directory, home.make(sibling("work")));
    if (!Files.exists(flattened())) {
      flattening.fill();
      Files.createFile(flattened());
    }
    flattening.clear();
    Removal.of(sibling("work"));
    mirror.forget(layer());
    Files.delete(flattened());
  }

  private Template template(Commit below) throws IOException {
    return layering.templates().of(mirror, below, layering.checkout(mirror, Integer.MAX_VALUE));
  }

  private Path flattened() {
    return admin().resolve("flattened");
  }

  private Layers layers(Template template) {
    return new Layers(template.files(), directory, sibling("work"));
  }

  /** Writes what is missing of the files by which git finds the one from the other. */
  private void describe() throws IOException {
    describe(admin());
  }

  private void describe(Path admin) throws IOException {
    write(admin.resolve("commondir"), "../..\n");
    write(admin.resolve("gitdir"), directory.resolve(".git") + "\n");
  }

  /** The agent's own repository, with all that it did there, or a new one. */
  AgentRepository repository() throws IOException {
    Path own = sibling("git");
    if (!isDirectory(own)) {
      Path making = sibling("git-making");
      Removal.of(making);
      fill(making);
      Files.move(making, own, StandardCopyOption.ATOMIC_MOVE);
    }
    return new AgentRepository(own, mirror.path(), mirror.path().resolve("objects"), BORROWED);
  }

  private void fill(Path own) throws IOException {
    BareRepository.skeleton(home, own);
    Files.writeString(own.resolve("config"), AGENT, StandardOpenOption.APPEND);
    write(own.resolve("objects").resolve("info").resolve("alternates"), BORROWED + "\n");
    write(own.resolve("packed-refs"), mirror.listed(FETCHED));
    Path admin = home.make(own.resolve("worktrees").resolve(name));
    describe(admin);
    for (String kept : List.of("HEAD", "index")) {
      copy(admin().resolve(kept), admin.resolve(kept));
    }
  }

  /** Without a jail an agent could have put anything there: only a plain file is taken. */
  private static void copy(Path from, Path to) throws IOException {
    if (Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS)) {
      Files.copy(from, to, LinkOption.NOFOLLOW_LINKS);
    }
  }

  /** Only if nothing is there: the agent can put a link here, and nobody may write through it. */
  private static void write(Path file, String text) throws IOException {
    try {
      Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException _) {
      // It is there already, which is what was wanted.
    }
  }

  /** Removes it and all that knight keeps of it, but no branch. */
  void remove() throws IOException {
    if (mirror.at(layer()).isPresent()) {
      layering.overlays().end(directory);
    }
    Path removing = sibling("removing");
    Removal.of(removing, layering.cores());
    if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      Files.move(directory, removing, StandardCopyOption.ATOMIC_MOVE);
    }
    Removal.of(removing, layering.cores());
    Removal.of(sibling("making"));
    Removal.of(sibling("work"));
    Removal.of(sibling("git-making"));
    Removal.of(sibling("git"));
    Removal.of(admin());
    mirror.forget(moves());
    mirror.forget(layer());
    mirror.forget(pin());
  }

  private String moves() {
    return "refs/knight/moves/" + name;
  }

  private String layer() {
    return LAYERS + name;
  }

  private String pin() {
    return "refs/knight/jobs/" + name;
  }

  private Path sibling(String stage) {
    return directory.resolveSibling("." + name + "." + stage);
  }

  private static boolean isDirectory(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }
}
