/**
 * {@code knight demo}: the real service, git and pi against a stand-in for GitHub and a scripted
 * model, told step by step.
 */
@NullMarked
package dev.knight.demo;

import org.jspecify.annotations.NullMarked;
