package dev.knight.job;

/** A mention with what intake decided about it. */
public record JudgedMention(Mention mention, Verdict verdict) {}
