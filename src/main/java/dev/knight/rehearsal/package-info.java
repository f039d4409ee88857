/**
 * A GitHub and a model of one's own, on this machine and on loopback alone: what {@code knight
 * demo} plays before, and what the tests run against.
 *
 * <pre>
 *   StandInGitHub ---- LoopbackServer ---- RestSite ---- Route, Call, Answer ---- *Routes, *Json
 *        |                       \
 *      World (accounts,           GitSite (smart HTTP over real bare repositories)
 *      repositories, issues)
 *   ScriptedModel ---- LoopbackServer ---- Script: the next turn of a conversation
 * </pre>
 */
@NullMarked
package dev.knight.rehearsal;

import org.jspecify.annotations.NullMarked;
