package dev.knight.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Paths that mean something to a machine, whatever they hold. They are compared folded. */
final class Places {
  /** Files by their names, wherever they lie. */
  private static final String FILES =
      """
      WORKFLOW action.yml action.yaml .gitlab-ci.yml .travis.yml jenkinsfile azure-pipelines.yml
      WORKFLOW bitbucket-pipelines.yml .drone.yml .woodpecker.yml .cirrus.yml appveyor.yml .appveyor.yml
      WORKFLOW cloudbuild.yaml cloudbuild.yml .gitlab-ci.yaml azure-pipelines.yaml
      OWNERS codeowners
      BOT dependabot.yml dependabot.yaml renovate.json renovate.json5 .renovaterc .renovaterc.json
      BOT .renovaterc.json5 .mergify.yml .bulldozer.yml .kodiak.toml
      GIT .gitmodules .gitattributes .lfsconfig .gitconfig .pre-commit-config.yaml .pre-commit-config.yml
      GIT .pre-commit-hooks.yaml lefthook.yml lefthook.yaml .lefthook.yml .lefthook.yaml lefthook.toml
      GIT lefthook.json .lefthook.json .lefthook.toml lefthook-local.yml .overcommit.yml .huskyrc .huskyrc.json
      GIT .lintstagedrc .lintstagedrc.json
      AGENT .knight.yml .mcp.json mcp.json agents.md agents.override.md agent.md claude.md claude.local.md gemini.md
      AGENT .cursorrules .windsurfrules .clinerules .roorules .goosehints .aider.conf.yml opencode.json
      AGENT opencode.jsonc copilot-instructions.md .rules warp.md
      AUTORUN .envrc .devcontainer.json .npmrc .yarnrc .yarnrc.yml .pnpmfile.cjs .pnpmfile.mjs
      AUTORUN gradle-wrapper.properties gradle-wrapper.jar maven-wrapper.properties maven-wrapper.jar .gitpod.yml
      AUTORUN pip.conf .pypirc sitecustomize.py usercustomize.py .vimrc .exrc .nvimrc .nvim.lua .lvimrc mise.toml .mise.toml
      """;

  /** Directories by their names, wherever they lie, with all below them. */
  private static final String DIRECTORIES =
      """
      WORKFLOW .circleci .buildkite .woodpecker .forgejo .gitea .teamcity
      GIT .githooks .husky .lefthook .overcommit .git-hooks
      AGENT .pi .claude .codex .cursor .gemini .opencode .windsurf .clinerules .roo .kiro .junie .continue .agents
      AGENT .agent .amazonq .augment .trae .knight .goose .qwen
      AUTORUN .vscode .devcontainer .idea .fleet .zed .mvn .run
      """;

  /** What lies in a directory {@code .github}, wherever that lies. */
  private static final String GITHUB =
      """
      WORKFLOW workflows actions
      AGENT instructions prompts agents chatmodes skills copilot hooks
      BOT settings.yml auto-merge.yml mergify.yml
      """;

  private static final Map<String, Rule> BY_FILE = table(FILES);
  private static final Map<String, Rule> BY_DIRECTORY = table(DIRECTORIES);
  private static final Map<String, Rule> BY_GITHUB = table(GITHUB);

  /** A list in several files, as {@code requirements.in}, or one that is named for its project. */
  private static final Pattern MANIFEST =
      Pattern.compile(
          "package\\.json|pnpm-workspace\\.yaml|cargo\\.toml|pyproject\\.toml|setup\\.(py|cfg)|pipfile"
              + "|requirements.*\\.(txt|in)|gemfile|.*\\.gemspec|composer\\.json|flake\\.nix|mix\\.exs"
              + "|pubspec\\.yaml|.*\\.(cs|fs|vb)proj|directory\\.packages\\.props|podfile|package\\.swift"
              + "|deno\\.jsonc?|build\\.gradle(\\.kts)?|libs\\.versions\\.toml");

  private static final Pattern LOCKFILE =
      Pattern.compile(
          "package-lock\\.json|npm-shrinkwrap\\.json|yarn\\.lock|pnpm-lock\\.yaml|bun\\.lockb?|cargo\\.lock"
              + "|(poetry|uv|pdm|pipfile|gemfile|composer|flake|mix|pubspec|podfile|deno)\\.lock"
              + "|packages\\.lock\\.json|package\\.resolved|gradle\\.lockfile");

  /** Of those, what programs write and nobody reads line by line. */
  private static final Pattern WRITTEN =
      Pattern.compile(
          "(?:.*/)?(?:vendor|node_modules|third_party|__snapshots__|dist|generated)/.*"
              + "|.*\\.(?:min\\.js|min\\.css|map|snap|lock|svg|pb\\.go)|.*_pb2(?:_grpc)?\\.py"
              + "|.*\\.(?:generated|g)\\.[a-z]+|(?:.*/)?go\\.sum");

  private Places() {}

  private static Map<String, Rule> table(String text) {
    Map<String, Rule> table = new HashMap<>();
    for (String line : text.lines().toList()) {
      List<String> words = List.of(line.split(" +", -1));
      words.stream().skip(1).forEach(name -> table.put(name, Rule.valueOf(words.getFirst())));
    }
    return Map.copyOf(table);
  }

  /** What {@code folded} means to a machine, if it does. */
  static Optional<Rule> rule(String folded) {
    List<String> parts = List.of(folded.split("/", -1));
    Rule named = BY_FILE.get(parts.getLast());
    for (int i = 0; i < parts.size() && named == null; i++) {
      // The last part, too: a file or a link in the place of a directory.
      named = BY_DIRECTORY.get(parts.get(i));
      if (named == null && i > 0 && parts.get(i - 1).equals(".github")) {
        named = BY_GITHUB.get(parts.get(i));
      }
    }
    return Optional.ofNullable(named);
  }

  /** Whether {@code folded} lists the packages that are installed, to the byte. */
  static boolean isLockfile(String folded) {
    return LOCKFILE.matcher(last(folded)).matches();
  }

  /** Whether {@code folded} is written by a program, as its place or its ending says. */
  static boolean isWritten(String folded) {
    return isLockfile(folded) || WRITTEN.matcher(folded).matches();
  }

  /** Whether {@code folded} lists the packages that a person wants. */
  static boolean isManifest(String folded) {
    return MANIFEST.matcher(last(folded)).matches();
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
