// Before anything is shown, so that the page does not flash in the other theme.
"use strict";
try {
  const chosen = localStorage.getItem("knight-theme");
  if (chosen === "light" || chosen === "dark") {
    document.documentElement.dataset.theme = chosen;
  }
} catch {
  // No storage: the system's theme it is.
}
document.documentElement.classList.add("scripted");
