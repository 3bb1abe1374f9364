"""What every command begins with, and how one ends that cannot."""

from datetime import date
from typing import NoReturn

import typer

from app.bootstrap import Service, build_service
from app.domain.components import NONE, Components
from app.domain.errors import RightsError
from app.domain.library import Library
from app.ingestion.loading import load_library
from app.settings import Settings


def settings() -> Settings:
    """What is set; ends the command with one line a wrong setting."""
    try:
        return Settings.read()
    except RightsError as error:
        stop(str(error))


def library() -> Library:
    """The corpus, whole; ends the command where it breaks its format."""
    try:
        return load_library(settings().corpus, date.today())
    except RightsError as error:
        stop(str(error))


def service(held: Settings, without: Components = NONE) -> Service:
    """The service; ends the command where it cannot be built."""
    try:
        return build_service(held, without=without)
    except RightsError as error:
        stop(str(error))


def stop(message: str) -> NoReturn:
    """End with one line on the error stream and exit status 1."""
    typer.echo(message, err=True)
    raise typer.Exit(1)
