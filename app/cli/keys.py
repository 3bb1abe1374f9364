"""Staff keys: make, list, revoke."""

from datetime import date
from typing import Annotated

import typer

from app.api.keyring import Keyring
from app.cli.base import settings, stop
from app.domain.errors import SettingsError

keys = typer.Typer(
    no_args_is_help=True, help="Staff keys, for `audience: hotline` and whatever writes."
)

Name = Annotated[str, typer.Argument(help="Who holds it: a desk or a person.")]


@keys.command()
def new(name: Name) -> None:
    """Make a key and show it, this once. Only its hash is stored."""
    try:
        typer.echo(_keyring().new(name, date.today()))
    except SettingsError as error:
        stop(str(error))
    typer.echo("Store it now: it is not shown again. It holds at once.", err=True)


@keys.command("list")
def list_() -> None:
    """Names and days of the keys that hold."""
    try:
        held = _keyring().keys()
    except SettingsError as error:
        stop(str(error))
    for key in held:
        typer.echo(f"{key.created}  {key.name}")


@keys.command()
def revoke(name: Name) -> None:
    """Make a key worthless at once; the service need not be restarted."""
    try:
        _keyring().revoke(name)
    except SettingsError as error:
        stop(str(error))
    typer.echo(f"revoked: {name}")


def _keyring() -> Keyring:
    return Keyring(settings().staff_keys_path)
