package dev.knight.git;

/** Whom a commit names as its author and committer. */
public record Author(String name, String email) {}
