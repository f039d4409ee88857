package dev.knight.cli;

/** A piece of what help tells: the same for the screen, the manual and the documentation. */
sealed interface HelpBlock {
  /** The title of what follows. */
  record Heading(String title) implements HelpBlock {}

  /** A paragraph, in Markdown: backticks and links. */
  record Text(String words) implements HelpBlock {}

  /** A term, and what it is, in Markdown. */
  record Entry(String term, String words) implements HelpBlock {}
}
