"""The pages people see: they work without JavaScript, escape what people type, and keep questions out of addresses."""

from html.parser import HTMLParser
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.bootstrap import Service
from app.main import create_app
from app.settings import Settings

ADDRESS = "Can ICE get my address from the IRS?"
RENEW = "¿Cuándo se vence mi ITIN?"
NASTY = "<script>alert(1)</script><img src=x onerror=alert(2)> \" ' & can ICE get my address?"
LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}
STATIC = "style.css icon.svg exit.js ask.js private.js answer.js stream.js aloud.js".split()
EMPTY_TAGS = {"meta", "link", "input", "img", "br", "hr"}


class Page(HTMLParser):
    """A page, taken apart."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        inert = "template" in self._open  # what stands in a template is not on the page
        if tag not in EMPTY_TAGS:
            self._open.append(tag)
        if inert:
            return
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in EMPTY_TAGS:
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "template" in self._open:
            return
        for tag in set(self._open):
            self.texts[tag][-1] += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        """Attributes of every such tag."""
        return [a for t, a in self.tags if t == tag and wanted.items() <= a.items()]

    def values(self, tag: str, attribute: str, **wanted: str) -> list[str]:
        return [a[attribute] for a in self.all(tag, **wanted) if attribute in a]

    @property
    def loaded(self) -> list[str]:
        """Addresses that a browser fetches by itself."""
        held = [a for t, a in self.tags if t != "link" or a["rel"] != "alternate"]
        names = [t for t, a in self.tags if t != "link" or a["rel"] != "alternate"]
        return [
            a[LOADED[t]] for t, a in zip(names, held, strict=True) if t in LOADED and LOADED[t] in a
        ]

    @property
    def inline(self) -> list[str]:
        """Whatever a strict content policy would stop: scripts and styles in the page itself."""
        attributes = [
            f"{tag} {name}"
            for tag, held in self.tags
            for name, value in held.items()
            if name == "style" or name.startswith("on") or value.lower().startswith("javascript:")
        ]
        scripts = [text for text in self.texts.get("script", []) if text.strip()]
        return attributes + scripts + self.texts.get("style", [])


def opened(client: TestClient, path: str) -> Page:
    """The page at a path."""
    response = client.get(path)
    assert response.status_code == 200, path
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return Page(response.text)


def asked(client: TestClient, question: str, language: str = "en", *earlier: str) -> Page:
    """The page that answers a question."""
    response = client.post(f"/{language}", data={"question": question, "earlier": list(earlier)})
    assert response.status_code == 200, response.text
    return Page(response.text)


def answer(client: TestClient, question: str, language: str) -> dict[str, Any]:
    """The same answer by the API."""
    body = {"question": question, "language": language}
    got: dict[str, Any] = client.post("/api/ask", json=body).json()
    return got


def weight(client: TestClient, path: str) -> int:
    """Bytes of a page with all that it loads."""
    page = client.get(path)
    return len(page.content) + sum(
        len(client.get(address).content) for address in set(Page(page.text).loaded)
    )


@pytest.fixture(scope="module")
def pages(client: TestClient, service: Service) -> dict[str, Page]:
    """Every page that can be opened."""
    paths = [
        path
        for language in service.library.languages
        for path in (
            f"/{language}",
            f"/{language}/topics",
            f"/{language}/exit",
            *(section.page for section in service.library.sections(language)),
        )
    ]
    held = {path: opened(client, path) for path in paths}
    held["an answer"] = asked(client, ADDRESS, "en", "When does my ITIN expire?")
    held["an emergency"] = asked(client, "La migra está tocando la puerta ahorita", "es")
    held["a nasty question"] = asked(client, NASTY)
    return held


@pytest.mark.parametrize(
    ("wanted", "path"),
    [
        ("es", "/es"),
        ("es-MX,es;q=0.9,en;q=0.8", "/es"),
        ("en-US,en;q=0.9", "/en"),
        ("fr,es;q=0.5", "/es"),
        ("fr", "/en"),
        ("*", "/en"),
        ("", "/en"),
        (";;,,", "/en"),
        ("en;q=0.1, es;q=0.9", "/es"),
        ("es;q=0, en", "/en"),
    ],
)
def test_the_front_door_opens_in_the_language_of_the_device(
    client: TestClient, wanted: str, path: str
) -> None:
    response = client.get("/", headers={"Accept-Language": wanted}, follow_redirects=False)

    assert response.status_code == 307
    assert response.headers["location"] == path


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_home_page_asks_for_a_question_in_its_language(
    client: TestClient, language: str
) -> None:
    page = opened(client, f"/{language}")

    assert page.all("html", lang=language, dir="ltr")
    assert page.all("form", method="post", action=f"/{language}")
    assert page.values("textarea", "name") == ["question"]
    assert page.values("textarea", "autocomplete") == ["off"]


@pytest.mark.parametrize("language", ["en", "es", "zh"])
def test_the_home_page_offers_eight_common_questions_at_a_tap(
    client: TestClient, language: str
) -> None:
    page = opened(client, f"/{language}")

    chips = page.values("input", "value", type="hidden", name="question")
    # A language that covers few topics yet offers those it has.
    assert len(chips) == {"zh": 5}.get(language, 8)
    assert all(chips)


@pytest.mark.parametrize("language", ["en", "es", "zh"])
def test_the_home_page_shows_every_emergency_with_the_line_to_call_first(
    client: TestClient, service: Service, language: str
) -> None:
    urgent = service.library.documents[language]["triage-urgent"].sections
    first = [service.library.contacts[language][section.contacts[0]] for section in urgent]

    page = opened(client, f"/{language}")

    links = page.values("a", "href")
    assert [section.page for section in urgent if section.page not in links] == []
    phones = {contact.phone.replace("-", "") for contact in first if contact.phone}
    assert {
        link.removeprefix("tel:").removeprefix("+1") for link in links if "tel:" in link
    } == phones


def test_the_way_out_comes_first_on_every_page(pages: dict[str, Page]) -> None:
    firsts = {
        path: page.values("a", "href")[:2] for path, page in pages.items() if path.startswith("/")
    }

    assert {tuple(links) for links in firsts.values()} == {("https://www.weather.gov/", "#main")}


@pytest.mark.parametrize("language", ["en", "es", "zh"])
def test_a_page_tells_what_leaving_cannot_hide(
    client: TestClient, service: Service, language: str
) -> None:
    told = service.replies.words(language).leaving

    page = opened(client, f"/{language}/exit")

    sentences = [sentence for part in told.parts for sentence in part.sentences]
    assert [sentence for sentence in sentences if sentence not in page.texts["li"]] == []
    assert page.texts["h2"] == [part.heading for part in told.parts]


@pytest.mark.parametrize(("question", "language"), [(ADDRESS, "en"), (RENEW, "es")])
def test_a_form_alone_gets_the_answer_with_its_citations(
    client: TestClient, question: str, language: str
) -> None:
    same = answer(client, question, language)

    page = asked(client, question, language)

    assert [t for t in page.texts["p"] if t in {s["text"] for s in same["answer"]}] == [
        s["text"] for s in same["answer"]
    ]
    assert page.texts["blockquote"] == [c["quote"] for c in same["citations"]]
    assert set(page.values("a", "href")) >= {c["page"] for c in same["citations"]}
    assert set(page.texts["li"]) >= set(same["next_steps"])
    assert page.texts["strong"] == [contact["name"] for contact in same["contacts"]]
    assert same["notice"] in page.texts["p"]


def test_an_emergency_on_the_page_starts_with_its_card(
    client: TestClient, service: Service
) -> None:
    card = service.library.section("en", "triage-urgent", "ice-at-door")

    page = asked(client, "ICE is knocking on my door right now")

    assert page.texts["blockquote"][0] == card.statements[0].text
    assert page.all("section", **{"class": "answer urgent"})


def test_a_question_in_the_other_language_is_answered_in_it(client: TestClient) -> None:
    response = client.post("/en", data={"question": RENEW})

    assert response.headers["content-language"] == "es"
    assert Page(response.text).all("html", lang="es")
    assert Page(response.text).all("form", action="/es")


def test_earlier_questions_travel_in_hidden_fields(client: TestClient) -> None:
    first, second = "When does my ITIN expire?", ADDRESS

    page = asked(client, second, "en", first)

    held = page.values("input", "value", type="hidden", name="earlier")
    assert set(held) == {first, second}
    assert held[-2:] == [first, second]


def test_no_more_than_six_earlier_questions_are_carried(client: TestClient) -> None:
    page = asked(client, ADDRESS, "en", *(f"question {n}" for n in range(20)))

    held = page.values("input", "value", type="hidden", name="earlier")
    assert set(held) == {ADDRESS, *(f"question {n}" for n in range(15, 20))}


def test_a_question_never_stands_in_an_address(pages: dict[str, Page]) -> None:
    actions = {action for page in pages.values() for action in page.values("form", "action")}
    methods = {method for page in pages.values() for method in page.values("form", "method")}

    assert actions == {"/en", "/es", "/zh"}
    assert methods == {"post"}


@pytest.mark.parametrize("path", ["/en?question=zanahoria", "/en?earlier=zanahoria"])
def test_a_question_in_an_address_is_not_read(client: TestClient, path: str) -> None:
    response = client.get(path)

    assert "zanahoria" not in response.text


@pytest.mark.parametrize("data", [{"question": ""}, {"question": " \r\n "}, {}])
@pytest.mark.parametrize("language", ["en", "es"])
def test_an_empty_question_shows_the_form_again(
    client: TestClient, data: dict[str, str], language: str
) -> None:
    response = client.post(f"/{language}", data=data)

    assert response.status_code == 200
    assert response.text == client.get(f"/{language}").text


def test_what_people_type_is_escaped(client: TestClient) -> None:
    page = asked(client, NASTY, "en", NASTY)

    assert any(NASTY in text for text in page.texts["h2"])
    assert set(page.values("input", "value", name="earlier")) == {NASTY}
    assert set(page.values("script", "src")) == {
        "/static/exit.js",
        "/static/ask.js",
        "/static/private.js",
    }
    assert page.all("img") == []
    assert page.inline == []


def test_what_people_type_is_escaped_when_they_are_refused(service: Service) -> None:
    client = TestClient(create_app(Settings(rate_limit="1/minute"), service))
    client.post("/en", data={"question": NASTY})

    response = client.post("/en", data={"question": NASTY})

    page = Page(response.text)
    assert response.status_code == 429
    assert page.texts["textarea"] == [NASTY]
    assert page.values("script", "src") == ["/static/exit.js", "/static/private.js"]
    assert page.inline == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_too_many_questions_give_a_page_that_still_shows_the_emergencies(
    service: Service, language: str
) -> None:
    client = TestClient(create_app(Settings(rate_limit="1/minute"), service))
    client.post(f"/{language}", data={"question": ADDRESS})

    response = client.post(f"/{language}", data={"question": ADDRESS})

    words = service.replies.words(language).problems["too-many"]
    assert 1 <= int(response.headers["retry-after"]) <= 60
    assert Page(response.text).texts["h1"] == [words.title]
    assert f"/{language}/triage-urgent/ice-at-door" in Page(response.text).values("a", "href")


def test_two_thousand_characters_with_line_breaks_as_a_browser_sends_them_are_answered(
    client: TestClient,
) -> None:
    typed = ("When does my ITIN expire\n" * 80)[:2_000]

    response = client.post("/en", data={"question": typed.replace("\n", "\r\n")})

    assert response.status_code == 200


def test_a_question_too_long_for_the_form_is_told_so_on_a_page(client: TestClient) -> None:
    response = client.post("/es", data={"question": "a" * 2_001})

    assert response.status_code in {413, 422}
    assert response.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("path", ["/fr", "/fr/topics", "/fr/itin-renew/when-it-expires", "/EN"])
def test_a_language_that_is_not_offered_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_question_to_a_language_that_is_not_offered_is_not_found(client: TestClient) -> None:
    assert client.post("/fr", data={"question": ADDRESS}).status_code == 404


@pytest.mark.parametrize("path", ["/en/itin-renew/nowhere", "/en/nowhere/when-it-expires"])
def test_a_section_that_does_not_exist_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_page_of_a_section_shows_every_statement_of_it(
    service: Service, pages: dict[str, Page], language: str
) -> None:
    sections = list(service.library.sections(language))

    missing = [
        statement.id
        for section in sections
        for statement in section.statements
        if statement.text not in pages[section.page].texts["p"]
    ]

    assert sections
    assert missing == []


@pytest.mark.parametrize(("language", "other"), [("en", "es"), ("es", "en")])
def test_the_page_of_a_section_names_its_other_language(
    service: Service, pages: dict[str, Page], language: str, other: str
) -> None:
    keys = [section.key for section in service.library.sections(language)]

    alternates = [
        pages[f"/{language}/{key}"].values("link", "href", rel="alternate", hreflang=other)
        for key in keys
    ]

    assert alternates == [[f"/{other}/{key}"] for key in keys]


@pytest.mark.parametrize(("language", "other"), [("en", "es"), ("es", "en")])
@pytest.mark.parametrize("path", ["", "/topics"])
def test_home_and_topics_name_their_other_language(
    pages: dict[str, Page], path: str, language: str, other: str
) -> None:
    page = pages[f"/{language}{path}"]

    assert page.values("link", "href", rel="alternate", hreflang=other) == [f"/{other}{path}"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_topics_page_links_to_every_section_but_the_boundaries(
    service: Service, pages: dict[str, Page], language: str
) -> None:
    boundaries = ("triage-urgent", "out-of-scope", "refuse-harm")
    expected = {s.page for s in service.library.sections(language) if s.topic not in boundaries}

    links = set(pages[f"/{language}/topics"].values("a", "href"))

    assert links >= expected


def test_every_link_within_the_site_leads_somewhere(
    client: TestClient, pages: dict[str, Page]
) -> None:
    links = {href.partition("#")[0] for page in pages.values() for href in page.values("a", "href")}
    inner = sorted(link for link in links if link.startswith("/"))

    assert len(inner) > 100
    assert [link for link in inner if link not in pages] == []


def test_every_page_carries_no_script_and_no_style_of_its_own(pages: dict[str, Page]) -> None:
    assert {path: page.inline for path, page in pages.items() if page.inline} == {}


def test_a_page_loads_nothing_from_another_host(pages: dict[str, Page]) -> None:
    loaded = {address for page in pages.values() for address in page.loaded}

    assert loaded == {f"/static/{name}" for name in STATIC}


@pytest.mark.parametrize("name", STATIC)
def test_no_static_file_loads_from_another_host(client: TestClient, name: str) -> None:
    text = client.get(f"/static/{name}").text.replace("http://www.w3.org/2000/svg", "")

    assert text.strip()
    assert "//" not in text.replace("// ", "")
    assert "@import" not in text


@pytest.mark.parametrize(
    "path",
    [
        "/en",
        "/es",
        "/en/topics",
        "/es/topics",
        "/es/triage-urgent/ice-at-door",
        "/en/itin-renew/when-it-expires",
    ],
)
def test_a_page_with_all_it_loads_weighs_less_than_sixty_kilobytes(
    client: TestClient, path: str
) -> None:
    assert 1_000 < weight(client, path) < 60_000


def test_the_heaviest_section_and_answer_weigh_less_than_sixty_kilobytes(
    client: TestClient, service: Service
) -> None:
    statics = weight(client, "/en") - len(client.get("/en").content)
    sections = [s.page for code in ("en", "es") for s in service.library.sections(code)]
    long = client.post("/es", data={"question": RENEW * 60, "earlier": [RENEW * 60] * 6})

    heaviest = max(len(client.get(page).content) for page in sections)

    assert long.status_code == 200
    assert heaviest + statics < 60_000
    assert len(asked_bytes(client, ADDRESS)) + statics < 60_000


def asked_bytes(client: TestClient, question: str) -> bytes:
    """The page that answers a question, as it is sent."""
    content: bytes = client.post("/en", data={"question": question}).content
    return content


def test_links_to_other_hosts_say_nothing_about_where_one_comes_from(
    pages: dict[str, Page],
) -> None:
    telling = [
        held["href"]
        for page in pages.values()
        for held in page.all("a")
        if held["href"].startswith("http") and "noreferrer" not in held.get("rel", "")
    ]

    assert telling == []


def test_an_answer_asks_search_engines_to_stay_away(pages: dict[str, Page]) -> None:
    assert pages["an answer"].all("meta", name="robots", content="noindex, noarchive")
