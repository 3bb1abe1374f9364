"""Off switches: one small file that every worker believes, and that never breaks anything by being broken."""

import logging
from pathlib import Path

import pytest

from app.domain.switches import Switch
from app.safety.switches import Switches


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "data" / "switches.json"


def test_without_a_file_everything_is_on(place: Path) -> None:
    assert Switches(place).all_off() == {}


@pytest.mark.parametrize("switch", list(Switch))
def test_what_is_turned_off_stays_off_until_it_is_turned_on(switch: Switch, place: Path) -> None:
    switches = Switches(place)

    switches.turn_off(switch, "being corrected", {"es": "Volvemos el lunes."})
    while_off = switches.off(switch)
    switches.turn_on(switch)

    assert while_off is not None
    assert while_off.reason == "being corrected"
    assert while_off.words == {"es": "Volvemos el lunes."}
    assert while_off.since is not None
    assert switches.off(switch) is None


def test_every_worker_hears_of_a_switch_at_its_next_look(place: Path) -> None:
    operator, worker, other = Switches(place), Switches(place), Switches(place)
    before = worker.off(Switch.MODEL)

    operator.turn_off(Switch.MODEL, "slow")

    assert before is None
    assert worker.off(Switch.MODEL) == operator.off(Switch.MODEL) == other.off(Switch.MODEL)
    assert worker.off(Switch.SERVICE) is None


def test_turning_one_switch_leaves_the_other_alone(place: Path) -> None:
    switches = Switches(place)
    switches.turn_off(Switch.MODEL, "slow")
    switches.turn_off(Switch.SERVICE, "moving")

    switches.turn_on(Switch.SERVICE)

    assert set(switches.all_off()) == {Switch.MODEL}


def test_a_setting_turns_off_from_the_start(place: Path) -> None:
    off = Switches(place, {Switch.MODEL: " not examined yet "}).off(Switch.MODEL)

    assert off is not None
    assert off.reason == "not examined yet"
    assert off.since is None


def test_what_was_off_from_the_start_can_be_turned_on_for_every_worker(place: Path) -> None:
    at_start = {Switch.SERVICE: "not open yet"}
    operator, worker = Switches(place, at_start), Switches(place, at_start)

    operator.turn_on(Switch.SERVICE)

    assert worker.off(Switch.SERVICE) is None


def test_a_setting_made_after_a_switch_was_on_again_is_heard(place: Path) -> None:
    earlier = Switches(place)
    earlier.turn_off(Switch.SERVICE, "moving")
    earlier.turn_on(Switch.SERVICE)

    assert Switches(place, {Switch.SERVICE: "closed"}).off(Switch.SERVICE) is not None


@pytest.mark.parametrize(
    "broken",
    ["", "{", "[]", '{"model": {"reason": ""}}', '{"engine": null}', '{"model": 1}', "\x00"],
)
def test_a_broken_file_leaves_everything_as_it_was_and_is_logged_once(
    broken: str, place: Path, caplog: pytest.LogCaptureFixture
) -> None:
    switches = Switches(place)
    switches.turn_off(Switch.SERVICE, "moving")
    before = switches.all_off()
    caplog.clear()

    place.write_text(broken)
    after = [switches.all_off(), switches.all_off()]

    assert after == [before, before]
    assert [r.msg for r in caplog.records if r.levelno >= logging.ERROR] == ["switches.unreadable"]


def test_a_broken_file_does_not_keep_an_operator_from_turning_a_switch(place: Path) -> None:
    switches = Switches(place)
    switches.turn_off(Switch.MODEL, "slow")
    switches.all_off()
    place.write_text("{")

    switches.turn_off(Switch.SERVICE, "moving")

    assert set(Switches(place).all_off()) == {Switch.MODEL, Switch.SERVICE}


def test_a_file_that_is_taken_away_turns_everything_on(place: Path) -> None:
    switches = Switches(place)
    switches.turn_off(Switch.SERVICE, "moving")
    switches.all_off()

    place.unlink()

    assert switches.all_off() == {}


@pytest.mark.parametrize("reason", ["", "   ", "a" * 201])
def test_a_switch_needs_a_reason_that_can_be_read(reason: str, place: Path) -> None:
    with pytest.raises(ValueError, match="1 to 200"):
        Switches(place).turn_off(Switch.MODEL, reason)

    assert not place.exists()


def test_a_file_that_cannot_be_written_says_so_and_leaves_nothing_behind(place: Path) -> None:
    place.mkdir(parents=True)

    with pytest.raises(OSError, match="directory"):
        Switches(place).turn_off(Switch.MODEL, "slow")

    assert list(place.parent.iterdir()) == [place]


def test_writing_leaves_one_file_that_others_can_read(place: Path) -> None:
    switches = Switches(place)

    switches.turn_off(Switch.MODEL, "slow")
    switches.turn_on(Switch.MODEL)

    assert list(place.parent.iterdir()) == [place]
    assert place.stat().st_mode & 0o777 == 0o644


def test_a_change_is_logged_with_its_reason(place: Path, caplog: pytest.LogCaptureFixture) -> None:
    switches = Switches(place)

    switches.turn_off(Switch.MODEL, "slow")
    switches.all_off()
    switches.turn_on(Switch.MODEL)
    switches.all_off()

    assert [record.msg for record in caplog.records] == ["model.off", "model.on"]
    assert caplog.records[0].__dict__["reason"] == "slow"
