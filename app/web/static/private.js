// Before a question is sent: warns when it looks like an SSN, an ITIN or an A-number. Nothing leaves the browser for it. Without
// this script the form works as before, and the server takes such numbers out anyway.
"use strict";
// One pattern a line, each valid in JavaScript and in Python: tests/web/test_private.py reads them from here.
const PATTERNS = [
  /(^|[^\d$.,])\d(?:[\s.\-\u2010-\u2015\u2212\/_]{0,3}\d){8}(?![\d])/g,
  /(^|[^A-Za-z0-9'])A[\s\-#]{0,2}\d(?:[\s.\-\u2010-\u2015\u2212]{0,1}\d){6,8}(?![\d])/g,
  /(^|[^A-Za-z0-9'])a-?#?\d(?:[.\-\u2010-\u2015\u2212]{0,1}\d){6,8}(?![\d])/g,
];
const UNSEEN = /[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/g;

const plain = (text) =>
  text
    .replace(UNSEEN, "")
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));

const looksPrivate = (text) => PATTERNS.some((pattern) => plain(text).search(pattern) >= 0);

const without = (text, word) =>
  PATTERNS.reduce((rest, pattern) => rest.replace(pattern, (_, before) => `${before}[${word}]`), plain(text));

const button = (words, pressed) => {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.addEventListener("click", pressed);
  return made;
};

for (const form of document.querySelectorAll("form.ask")) {
  const field = form.querySelector("textarea");
  const place = form.querySelector(".private");
  let sendAnyway = false;

  const say = (words, ...buttons) => {
    const told = document.createElement("p");
    told.textContent = words;
    place.replaceChildren(told, ...buttons);
  };

  const remove = () => {
    field.value = without(field.value, place.dataset.taken);
    say(place.dataset.removed);
    field.focus();
  };

  const send = () => {
    sendAnyway = true;
    place.replaceChildren();
    if (form.requestSubmit) form.requestSubmit();
    else form.submit();
  };

  field.addEventListener("input", () => {
    sendAnyway = false;
    place.replaceChildren();
  });

  // In the capturing phase, so that whatever else sends the form waits for the person.
  form.addEventListener(
    "submit",
    (event) => {
      if (sendAnyway || !looksPrivate(field.value)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const first = button(place.dataset.remove, remove);
      say(place.dataset.found, first, button(place.dataset.send, send));
      first.focus();
    },
    true,
  );
}
