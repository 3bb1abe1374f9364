// Reads an answer aloud with a voice that lives on the device. A voice of a server is never used: the text would leave.

const speech = window.speechSynthesis;

function voice(language) {
  if (!speech) return null;
  const wanted = language.split("-")[0];
  return speech.getVoices().find((v) => v.localService && v.lang.toLowerCase().split(/[-_]/)[0] === wanted) || null;
}

/** Shows the button of every answer that a voice of this device can read. */
export function offer() {
  const able = Boolean(voice(document.documentElement.lang));
  for (const place of document.querySelectorAll(".exchange:not([aria-busy]) .aloud")) place.hidden = !able;
}

let reading = null;

function stop() {
  if (speech) speech.cancel();
  if (reading) reading.textContent = reading.dataset.start;
  reading = null;
}

function read(button) {
  const chosen = voice(document.documentElement.lang);
  const answer = button.closest(".exchange");
  const lines = [...answer.querySelectorAll(".statement > p, .steps h3, .steps li")];
  stop();
  button.dataset.start = button.textContent;
  button.textContent = button.dataset.stop;
  reading = button;
  // A line an utterance: some engines fall silent after fifteen seconds of one.
  lines.forEach((line, n) => {
    const utterance = new SpeechSynthesisUtterance(line.textContent);
    utterance.voice = chosen;
    utterance.lang = chosen.lang;
    if (n === lines.length - 1) utterance.onend = stop;
    speech.speak(utterance);
  });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-aloud]");
  if (!button) return;
  if (button === reading) stop();
  else read(button);
});
document.addEventListener("leave", stop);
addEventListener("pagehide", stop);
if (speech && speech.addEventListener) speech.addEventListener("voiceschanged", offer);
offer();
