// "Leave this page": blanks the page at once and takes its place in the history, so that "back" does not return here.
"use strict";
const link = document.getElementById("exit");
if (link) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.body.replaceChildren();
    document.title = "";
    location.replace(link.href);
  });
}
