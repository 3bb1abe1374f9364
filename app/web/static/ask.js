// Asking without leaving the page. Every form it takes over also works without it. What was asked and answered is held in
// memory alone: it goes with the tab, or at once on exit.

import { offer } from "./aloud.js";
import { Exchange, words } from "./answer.js";
import { events } from "./stream.js";

const MOST_TURNS = 12;
const LONGEST_TURN = 1_000; // characters of an earlier answer that are worth their way up a slow line
const SLOW = 5_000;

const conversation = document.getElementById("conversation");
const field = () => document.getElementById("question");
let turns = [...document.querySelectorAll(".ask [name=earlier]")].map((one) => ({ role: "user", content: one.value }));
let going = null;

class Refused extends Error {}

function say(text) {
  document.getElementById("told").textContent = text;
}

/** An error says what to do next, and the text typed is back in the box. */
function complain(title, detail, question) {
  const heading = document.createElement("b");
  heading.textContent = title;
  document.getElementById("problem").replaceChildren(heading, ` ${detail}`);
  if (!field().value) field().value = question;
  field().focus();
}

/** The page turns to the language of the answer: menu, form, labels. */
async function turnTo(language) {
  const response = await fetch(`/${language}`);
  if (!response.ok) return;
  const typed = field().value;
  const other = new DOMParser().parseFromString(await response.text(), "text/html");
  document.documentElement.lang = language;
  document.documentElement.dir = other.documentElement.dir;
  Object.assign(document.getElementById("exit").dataset, other.getElementById("exit").dataset);
  for (const selector of [".exit-first", ".skip", ".brand", ".exit-words", ".languages", ".ask", ".hotlines", "#parts", "footer"]) {
    const here = document.querySelector(selector);
    const there = other.querySelector(selector);
    if (here && there) here.replaceWith(document.adoptNode(there));
  }
  field().value = typed;
}

async function open(question) {
  const response = await fetch("/api/ask/stream", {
    method: "POST",
    cache: "no-store",
    referrerPolicy: "no-referrer",
    signal: going.signal,
    headers: { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang },
    body: JSON.stringify({ question, history: turns.slice(-MOST_TURNS) }),
  });
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  throw new Refused(problem.detail || words("broken"));
}

async function follow(response, exchange) {
  for await (const { name, data } of events(response)) {
    if (name === "meta") {
      if (data.language !== document.documentElement.lang) {
        await turnTo(data.language).catch(() => {}); // without a line for it the labels stay as they are
        exchange.begin();
      }
      exchange.open(data);
    } else if (name === "citation") exchange.cite(data);
    else if (name === "statement") exchange.tell(data);
    else if (name === "error") throw new Refused(data.detail);
    else if (name === "done") return data;
  }
  throw new Error("broken");
}

function began(question) {
  for (const first of document.querySelectorAll("[data-first]")) first.hidden = true;
  document.querySelector("h1").className = "unseen";
  document.title = `${words("answer")} – ${words("title")}`;
  document.getElementById("problem").replaceChildren();
  say("");
  if (field().value.trim() === question) field().value = "";
  return new Exchange(question, conversation);
}

function ended(question, exchange, answer) {
  exchange.close(answer);
  const told = answer.answer_markdown.slice(0, LONGEST_TURN);
  turns = [...turns, { role: "user", content: question }, { role: "assistant", content: told }].slice(-MOST_TURNS);
  offer();
  say(words("told").replace("{text}", exchange.first));
}

function failed(question, exchange, error) {
  exchange.rest();
  if (!exchange.said) exchange.root.remove();
  const what = error instanceof Refused ? error.message : words(exchange.said ? "broken" : "offline");
  complain(`${words("error")}.`, what, question);
}

async function ask(question) {
  going = new AbortController();
  const mine = going;
  const exchange = began(question);
  const timer = setTimeout(() => exchange.slow(), SLOW);
  try {
    ended(question, exchange, await follow(await open(question), exchange));
  } catch (error) {
    if (!mine.signal.aborted) failed(question, exchange, error);
  } finally {
    clearTimeout(timer);
    going = null;
  }
}

/** Whether this browser can do what is asked of it below; if not, the forms are sent as ever. */
const able = "replaceChildren" in Element.prototype && "body" in Response.prototype;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!able || !form.matches("[data-ask]")) return;
  event.preventDefault();
  const question = form.elements.question.value.trim();
  if (question && !going) ask(question);
});
document.addEventListener("leave", () => {
  turns = [];
  if (going) going.abort();
  conversation.replaceChildren();
});
