"""Reading aloud: only with a voice that lives on the device, and only where there is one for the language."""

import json
from typing import Any

import pytest

from tests.web.browser.doing import ADDRESS, ask

DEVICE = """(voices) => {
  window.spoken = [];
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
  const speech = new EventTarget();
  Object.assign(speech, {
    getVoices: () => voices, cancel: () => {},
    speak: (said) => window.spoken.push([said.text, said.voice.name]),
  });
  Object.defineProperty(window, 'speechSynthesis', { value: speech });
}"""
LOCAL = {"name": "local", "lang": "en-US", "localService": True}
REMOTE = {"name": "remote", "lang": "en-US", "localService": False}
FOREIGN = {"name": "foreign", "lang": "de-DE", "localService": True}


def device(page: Any, *voices: dict[str, object]) -> None:
    """A device with these voices."""
    page.add_init_script(f"({DEVICE})({json.dumps(voices)})")


def test_an_answer_is_read_with_a_voice_of_the_device(page: Any, site: str) -> None:
    device(page, REMOTE, LOCAL)
    page.goto(f"{site}/en")
    ask(page, ADDRESS)

    page.click("[data-aloud]")

    spoken = page.evaluate("window.spoken")
    assert spoken[0][0] == page.inner_text(".statement p >> nth=0")
    assert {voice for _, voice in spoken} == {"local"}
    assert page.inner_text("[data-aloud]") == "Stop reading"


@pytest.mark.parametrize("voices", [[], [REMOTE], [FOREIGN]], ids=["none", "remote", "foreign"])
def test_without_such_a_voice_there_is_no_button(
    page: Any, site: str, voices: list[dict[str, object]]
) -> None:
    device(page, *voices)
    page.goto(f"{site}/en")

    ask(page, ADDRESS)

    assert page.locator("[data-aloud]").is_hidden()
