// Keeps the page up to date, and makes it a little nicer. Without it, everything works and shows
// what was true when the page was loaded.
"use strict";

// ---- the theme

const root = document.documentElement;
const themes = ["auto", "light", "dark"];
const themeButton = document.getElementById("theme");

function theme() {
  return root.dataset.theme ?? "auto";
}

function tellTheme() {
  const label = { auto: "like the system", light: "light", dark: "dark" }[theme()];
  themeButton.setAttribute("aria-label", "Theme: " + label + ". Change it.");
  themeButton.title = "Theme: " + label;
}

if (themeButton) {
  tellTheme();
  themeButton.addEventListener("click", () => {
    const next = themes[(themes.indexOf(theme()) + 1) % themes.length];
    if (next === "auto") {
      delete root.dataset.theme;
    } else {
      root.dataset.theme = next;
    }
    try {
      localStorage.setItem("knight-theme", next);
    } catch {
      // It holds for this page, then.
    }
    tellTheme();
  });
}

// ---- times

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "narrow" });
const steps = [["day", 86400], ["hour", 3600], ["minute", 60]];

function ago(seconds) {
  const step = steps.find(([, size]) => Math.abs(seconds) >= size);
  return step ? relative.format(-Math.trunc(seconds / step[1]), step[0]) : seconds < 0 ? "soon" : "now";
}

function tellTimes(within) {
  for (const time of within.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    time.title = at.toLocaleString();
    const text = ago((Date.now() - at) / 1000);
    if (time.textContent !== text) {
      time.textContent = text;
    }
  }
}

tellTimes(document);
setInterval(() => tellTimes(document), 10_000);

// ---- what changes while the page is open

const main = document.querySelector("main[data-live]");
const link = document.getElementById("link");
const news = document.getElementById("news");
let source;
let known = "";

function tellLink(state, text) {
  if (link && link.dataset.link !== state) {
    link.dataset.link = state;
    link.textContent = text;
  }
}

// Makes one element like another and keeps all of it that can stay, so that what a person has typed,
// opened and pointed at stays, too. Children with an id are known by it.
function become(old, fresh) {
  if (old.isEqualNode(fresh)) {
    return;
  }
  if (old.nodeName !== fresh.nodeName || old.id !== fresh.id) {
    old.replaceWith(fresh);
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    old.nodeValue = fresh.nodeValue;
    return;
  }
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !(name === "open" && old.nodeName === "DETAILS")) {
      old.removeAttribute(name);
    }
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) {
      old.setAttribute(name, value);
    }
  }
  if (old.nodeName !== "TEXTAREA") {
    becomeInside(old, fresh);
  }
}

function becomeInside(old, fresh) {
  const wanted = new Set([...fresh.children].map((child) => child.id).filter(Boolean));
  let at = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    while (at?.id && !wanted.has(at.id)) {
      const gone = at;
      at = at.nextSibling;
      gone.remove();
    }
    const same = child.id
      ? [...old.children].find((it) => it.id === child.id)
      : at && !at.id && at.nodeName === child.nodeName ? at : null;
    if (!same) {
      old.insertBefore(child, at);
    } else {
      if (same === at) {
        at = at.nextSibling;
      } else {
        old.insertBefore(same, at);
      }
      become(same, child);
    }
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

function replace(id, html) {
  const old = document.getElementById(id);
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const fresh = holder.content.firstElementChild;
  if (!old || !fresh) {
    return;
  }
  tellTimes(fresh);
  const before = old.dataset.news ?? "";
  become(old, fresh);
  const now = document.getElementById(id);
  announce(before, now);
  count(now);
  now.dispatchEvent(new CustomEvent("knight:part", { bubbles: true }));
}

// Only what a part itself calls news is read out, and only when it has changed.
function announce(before, part) {
  const text = part.dataset.news ?? "";
  if (news && text && text !== before) {
    news.textContent = text;
  }
}

// How much waits for a person can be read on the tab.
const title = document.title;

function count(part) {
  if (part.dataset.count !== undefined) {
    document.title = part.dataset.count === "0" ? title : "(" + part.dataset.count + ") " + title;
  }
}

document.querySelectorAll("[data-count]").forEach(count);

function add(id, html) {
  const to = document.getElementById(id);
  if (!to) {
    return;
  }
  const most = Number(to.dataset.most ?? Infinity);
  const atEnd = to.scrollHeight - to.scrollTop - to.clientHeight < 40;
  const holder = document.createElement("template");
  holder.innerHTML = html;
  tellTimes(holder.content);
  to.append(holder.content);
  while (to.children.length > most) {
    to.firstElementChild.remove();
  }
  if (atEnd) {
    to.scrollTop = to.scrollHeight;
  }
  to.dispatchEvent(new CustomEvent("knight:more", { bubbles: true }));
}

// Where the page was cut off, if what it is told has places: nothing is added twice then.
function stream() {
  const from = new URL(main.dataset.live, location.href);
  if (known) {
    from.searchParams.set("after", known);
  }
  return from;
}

function listen() {
  if (source || !main) {
    return;
  }
  source = new EventSource(stream());
  source.addEventListener("open", () => {
    patience = 2_000;
    tellLink("on", "Live");
  });
  source.addEventListener("error", () => {
    tellLink("off", "Connecting…");
    if (source.readyState === EventSource.CLOSED) {
      leave();
      ask();
    }
  });
  source.addEventListener("part", (event) => {
    const { id, html } = JSON.parse(event.data);
    replace(id, html);
  });
  source.addEventListener("more", (event) => {
    const { id, html } = JSON.parse(event.data);
    known = event.lastEventId || known;
    add(id, html);
  });
  source.addEventListener("end", () => {
    leave();
    tellLink("end", "Complete");
  });
}

// The service said no: this browser is logged out, or it is a bad moment.
let patience = 2_000;

async function ask() {
  try {
    const page = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (page.status === 401) {
      location.reload(); // it says what to do
      return;
    }
  } catch {
    // It is away for now.
  }
  patience = Math.min(patience * 2, 60_000);
  setTimeout(listen, patience);
}

function leave() {
  source?.close();
  source = undefined;
}

// A browser holds few connections to one service: a page that nobody sees needs none.
let hiding;
document.addEventListener("visibilitychange", () => {
  clearTimeout(hiding);
  if (document.hidden) {
    hiding = setTimeout(() => {
      leave();
      tellLink("off", "Paused");
    }, 30_000);
  } else if (link?.dataset.link !== "end") {
    listen();
  }
});
window.addEventListener("pagehide", leave);
window.addEventListener("pageshow", (event) => event.persisted && listen());
listen();

// ---- what was said once is not said again when the page is loaded anew

const address = new URL(location.href);
if (address.searchParams.has("notice")) {
  address.searchParams.delete("notice");
  history.replaceState(null, "", address);
}

// ---- a box that grows at its end is read from there

for (const box of document.querySelectorAll("[data-follow]")) {
  box.scrollTop = box.scrollHeight;
}

// ---- keys: shown by ?

const keys = document.getElementById("keys");
const places = { n: "/", h: "/history", r: "/repositories", c: "/costs", e: "/settings" };
let going = false;

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (going && places[event.key]) {
    location.href = places[event.key];
  } else if (event.key === "?" && keys) {
    keys.open ? keys.close() : keys.showModal();
  } else if (event.key === "s" && document.getElementById("steer")) {
    event.preventDefault();
    document.getElementById("steer").focus();
  } else if (event.key === "d" && document.getElementById("diff")) {
    document.getElementById("diff").scrollIntoView();
  } else if (event.key === "/") {
    const search = document.getElementById("search");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
  going = event.key === "g";
});
