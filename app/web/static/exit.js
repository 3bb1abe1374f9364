// "Leave this page", after the pattern of the GOV.UK Design System: a button, a hidden link that stands first, the Shift key
// three times, and an overlay that blanks the page at once. Without this script the links still lead away.
"use strict";
(() => {
  const PRESSES = 3;
  const PATIENCE = 5000; // milliseconds between two presses of Shift
  const button = document.getElementById("exit");
  if (!button) return;
  const status = document.getElementById("exit-status");
  let presses = 0;
  let alone = false; // Shift went down, and no other key since
  let timer = 0;
  let left = false;

  const leave = () => {
    if (left) return;
    left = true;
    document.dispatchEvent(new Event("leave")); // whoever holds words of the person lets go of them
    for (const form of document.forms) form.reset();
    const overlay = document.createElement("div");
    overlay.className = "overlay";
    overlay.setAttribute("role", "alert");
    overlay.textContent = button.dataset.leaving;
    document.body.textContent = "";
    document.body.append(overlay);
    document.title = button.dataset.leaving;
    location.replace(button.href); // takes this page's place in the history
  };

  const show = (words) => {
    button.dataset.presses = String(presses);
    status.textContent = words;
  };

  const lapse = (words) => {
    clearTimeout(timer);
    presses = 0;
    show(words);
  };

  const press = () => {
    clearTimeout(timer);
    presses += 1;
    if (presses === PRESSES) {
      leave();
      return;
    }
    show(presses === 1 ? button.dataset.two : button.dataset.one);
    timer = setTimeout(() => lapse(button.dataset.expired), PATIENCE);
  };

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("[data-exit]")) return;
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", (event) => {
    alone = event.key === "Shift";
    if (!alone && presses) lapse("");
  });
  document.addEventListener("keyup", (event) => {
    if (event.key === "Shift" && alone) press();
    alone = false;
  });
  // A browser may keep the blanked page and show it on "back": start afresh instead.
  addEventListener("pageshow", (event) => {
    if (event.persisted && left) location.reload();
  });
})();
