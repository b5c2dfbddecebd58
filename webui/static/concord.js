// Keys for those who like them. Every page works without this file.
(function () {
  "use strict";

  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const dialog = document.querySelector("dialog.keys");
  const marks = Array.from(document.querySelectorAll(".passage mark"));
  const results = Array.from(document.querySelectorAll(".hit h2 a"));
  let current = -1;

  function typing(target) {
    return target.closest("input, textarea, select, [contenteditable]") !== null;
  }

  // A reader who came by an anchor starts there: the next hit is the first one at or after the passage.
  function startOfWalk(step) {
    const target = document.querySelector(".passage:target");
    if (!target || step < 0) return step > 0 ? -1 : marks.length;
    const at = marks.findIndex(function (mark) { return target.contains(mark); });
    return at < 0 ? -1 : at - 1;
  }

  function walkHits(step) {
    if (marks.length === 0) return;
    if (current < 0) current = startOfWalk(step);
    else marks[current].classList.remove("here");
    current = (current + step + marks.length) % marks.length;
    marks[current].classList.add("here");
    marks[current].scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
  }

  function walkResults(step) {
    if (results.length === 0) return;
    const at = results.indexOf(document.activeElement);
    const next = at < 0 ? (step > 0 ? 0 : results.length - 1) : at + step;
    if (results[next]) results[next].focus();
  }

  function focusBox() {
    const box = document.getElementById("q");
    if (!box) return;
    box.focus();
    box.select();
  }

  const keys = {
    "/": focusBox,
    "?": function () { dialog.showModal(); },
    j: function () { walkResults(1); },
    k: function () { walkResults(-1); },
    n: function () { walkHits(1); },
    p: function () { walkHits(-1); },
  };

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (dialog.open || typing(event.target)) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  document.querySelectorAll("[data-keys], [data-walk]").forEach(function (element) { element.hidden = false; });
  document.querySelectorAll("[data-keys]").forEach(function (button) {
    button.addEventListener("click", keys["?"]);
  });
  document.querySelectorAll("[data-step]").forEach(function (button) {
    button.addEventListener("click", function () { walkHits(Number(button.dataset.step)); });
  });
})();
