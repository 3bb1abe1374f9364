// One question and its answer on the page, filled into the templates of `answer_parts.html` as it arrives.

const held = () => document.getElementById("parts");
const part = (selector) => held().content.querySelector(selector).cloneNode(true);
/** Words of the page in the reader's language. */
export const words = (name) => held().dataset[name];

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

/** A day as its readers write it. */
function day(iso, language) {
  const style = { year: "numeric", month: "long", day: "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat(language, style).format(new Date(`${iso}T00:00:00Z`));
}

function reviewed(review) {
  if (review.status === "reviewed") return `${words("reviewed")} (${review.by})`;
  return words(review.status === "expired" ? "expired" : "unreviewed");
}

function link(href, text) {
  const made = element("a", text);
  made.href = href;
  made.rel = "noreferrer external";
  return made;
}

/** Text whose known phones and links work at a touch. What the server does not know stays text. */
export function reachable(text) {
  const known = [...held().content.querySelectorAll(".reachable a")];
  const made = document.createDocumentFragment();
  let rest = text;
  while (rest) {
    let at = rest.length;
    let found = null;
    for (const candidate of known) {
      const place = standing(rest, candidate.textContent);
      if (place >= 0 && place < at) [at, found] = [place, candidate];
    }
    made.append(rest.slice(0, at));
    if (!found) break;
    made.append(found.cloneNode(true));
    rest = rest.slice(at + found.textContent.length);
  }
  return made;
}

/** Where `needle` stands in `text` with no word character or hyphen on either side, or -1. */
function standing(text, needle) {
  const joined = /[\p{L}\p{N}_-]/u;
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
    const around = [text[at - 1] || "", text[at + needle.length] || ""];
    if (!around.some((letter) => joined.test(letter))) return at;
  }
  return -1;
}

/** One exchange: shows itself at once as waiting, then statement by statement. */
export class Exchange {
  constructor(question, place) {
    this.question = question;
    this.cited = new Map();
    this.said = 0;
    this.root = document.createElement("article");
    place.append(this.root);
    this.begin();
  }

  /** Starts in the language the page has now; once more when the answer turns out to be in another one. */
  begin() {
    const fresh = part(".exchange");
    this.root.replaceWith(fresh);
    this.root = fresh;
    this.answer = this.find(".answer");
    this.find(".asked").append(this.question);
    this.find(".asked").focus();
  }

  find(selector) {
    return this.root.querySelector(selector);
  }

  /** A connection that takes its time: say so. */
  slow() {
    const waiting = this.find(".waiting");
    if (waiting) waiting.textContent = words("slow");
  }

  open({ outcome, language }) {
    this.language = language;
    this.answer.classList.add(outcome);
    this.urgent = outcome === "urgent";
  }

  cite(citation) {
    this.cited.set(citation.n, citation);
    const sources = citation.sources.map(({ citation: told, url }) => (url ? `${told}, ${url}.` : `${told}.`));
    const note = `“${citation.quote}” ${sources.join(" ")} ${this.standing(citation)}`;
    this.find(".footnotes").append(element("li", note));
  }

  standing({ as_of: asOf, review }) {
    return `${words("updated")} ${day(asOf, this.language)}. ${reviewed(review)}.`;
  }

  tell({ text, citations, language }) {
    const statement = part(".statement");
    if (language) statement.querySelector("p").lang = language;
    if (!this.said) {
      statement.classList.add("first");
      this.first = text;
    }
    this.said += 1;
    statement.querySelector("p").append(reachable(text));
    statement.append(...citations.map((n) => this.proof(this.cited.get(n))));
    this.answer.append(statement);
  }

  proof(citation) {
    const made = part(".cite");
    made.querySelector("summary").append(String(citation.n));
    made.querySelector("blockquote").textContent = citation.quote;
    for (const { citation: told, url } of citation.sources) {
      const entry = document.createElement("li");
      entry.append(url ? link(url, told) : told);
      made.querySelector(".sources").append(entry);
    }
    made.querySelector(".meta span").textContent = this.standing(citation);
    made.querySelector(".meta a").href = citation.page;
    return made;
  }

  /** The rest, once the last statement is there. */
  close(answer) {
    this.steps(answer.next_steps);
    this.fill(".who", answer.contacts.map(contact));
    if (answer.contacts.length) {
      this.find(".who").id = `who-${document.querySelectorAll(".who").length}`;
      this.find(".human a").href = `#${this.find(".who").id}`;
    }
    this.find(".notice").textContent = answer.notice;
    this.find(".notice").hidden = this.find(".human").hidden = false;
    this.fill(".next", answer.follow_ups.map(chip));
    this.rest();
  }

  steps(list) {
    this.fill(".steps", list.map((step) => {
      const entry = document.createElement("li");
      entry.append(reachable(step));
      return entry;
    }));
    // In an emergency what to do stands right under the first line.
    if (this.urgent && list.length) this.answer.firstElementChild.after(this.find(".steps"));
  }

  fill(selector, entries) {
    const place = this.find(selector);
    place.querySelector("ol, ul").append(...entries);
    place.hidden = !entries.length;
  }

  /** Nothing more will come. */
  rest() {
    const waiting = this.find(".waiting");
    if (waiting) waiting.remove();
    this.root.removeAttribute("aria-busy");
  }
}

function contact(held) {
  const entry = document.createElement("li");
  entry.append(element("strong", held.name));
  if (held.does) entry.append(element("span", held.does, "does"));
  if (held.phone) {
    const phone = reachable(held.phone).firstElementChild || element("span", held.phone);
    phone.className = "phone";
    entry.append(phone);
  }
  if (held.url) {
    const url = link(held.url, held.url.replace(/^https:\/\/(www\.)?/, ""));
    url.className = "link";
    entry.append(url);
  }
  if (held.address) entry.append(element("span", held.address, "address"));
  if (held.hours) entry.append(element("span", `${words("hours")}: ${held.hours}`));
  if (held.cost) entry.append(element("span", `${words("cost")}: ${held.cost}`));
  return entry;
}

function chip(question) {
  const entry = document.createElement("li");
  entry.append(part(".chip-form").firstElementChild);
  entry.querySelector("input").value = question;
  entry.querySelector("button").textContent = question;
  return entry;
}
