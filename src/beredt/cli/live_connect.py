"""``beredt live connect``: from a broker, a folder or an address that is polled, to a live server."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from beredt.cli.answer import faults_as_exit_codes, print_json
from beredt.cli.options import JsonOption

if TYPE_CHECKING:
    from collections.abc import Iterator

    from beredt.live.connect.go_on import Happened


def live_connect(
    adapter: Annotated[Path, typer.Argument(metavar="ADAPTER", help="How the system writes its events (TOML).")],
    folder: Annotated[
        Path | None, typer.Option("--folder", metavar="DIR", help="Files that it drops: JSON, lines of JSON, CSV.")
    ] = None,
    poll: Annotated[
        str | None, typer.Option("--poll", metavar="URL", help="Address that answers with JSON or GeoJSON.")
    ] = None,
    every: Annotated[
        float, typer.Option("--every", metavar="S", min=1, help="Seconds between two questions to the address.")
    ] = 10.0,
    headers: Annotated[
        Path | None,
        typer.Option("--headers", metavar="FILE", help="Lines `Name: value` that are sent to it, such as a key."),
    ] = None,
    mqtt: Annotated[
        str | None, typer.Option("--mqtt", metavar="ADDRESS", help="Broker, as mqtts://user@broker.example.no.")
    ] = None,
    topic: Annotated[str, typer.Option("--topic", metavar="FILTER", help="What to listen to there.")] = "#",
    client: Annotated[
        str, typer.Option("--client", metavar="ID", help="By which the broker knows this program again.")
    ] = "beredt",
    password_file: Annotated[
        Path | None, typer.Option("--password-file", metavar="FILE", help="Holds the password at the broker.")
    ] = None,
    faulty: Annotated[
        Path | None, typer.Option("--faulty", metavar="DIR", help="Keep messages there that have faults, and why.")
    ] = None,
    to: Annotated[str, typer.Option("--to", metavar="URL", help="The live server.")] = "http://127.0.0.1:8771/",
    key_file: Annotated[
        Path | None, typer.Option("--key-file", metavar="FILE", help="Holds the key of the feed, where one is needed.")
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="Only what is there now, of a folder or an address.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Bring events of another system to a live server until Ctrl+C. Nothing is let go before the server has it.

    One of --folder, --poll and --mqtt says where the events are. Every delivery is a line on stderr, with the age of
    its newest datum.
    """
    if sum(one is not None for one in (folder, poll, mqtt)) != 1 or (once and mqtt is not None):
        raise typer.BadParameter("give one of --folder, --poll and --mqtt; --once goes with the first two")
    counts: Counter[str] = Counter()
    with faults_as_exit_codes(as_json):
        import time

        from beredt.live.connect.delivery import Delivery
        from beredt.live.connect.go_on import from_address, from_broker, from_folder
        from beredt.live.connect.mqtt import read_broker
        from beredt.live.connect.poll import Poll
        from beredt.live.events.adapter import read_adapter

        delivery = Delivery(to, _first_line(key_file), read_adapter(adapter), time.sleep, time.time)
        happened: Iterator[Happened]
        if folder is not None:
            happened = from_folder(folder, delivery, once=once)
        elif poll is not None:
            happened = from_address(Poll(poll, every, _headers(headers)), delivery, once=once)
        else:
            broker = read_broker(mqtt or "")
            happened = from_broker(broker, topic, client, _first_line(password_file), faulty, delivery, _say)
        try:
            for one in happened:
                _count(counts, one)
        except KeyboardInterrupt:
            pass
    if as_json:
        names = ("deliveries", "taken", "doubled", "refused", "faulty")
        print_json({name: counts[name] for name in names})


def _count(counts: Counter[str], one: Happened) -> None:
    counts.update(
        deliveries=1, taken=one.delivered.taken, doubled=one.delivered.doubled, refused=len(one.delivered.refused),
        faulty=int(bool(one.why)),
    )  # fmt: skip
    why = one.delivered.refusals() or one.why
    _say(f"{one.name}: {one.delivered.line()}" + (f"; faulty: {why}" if why else ""))


def _say(line: str) -> None:
    typer.echo(line, err=True)


def _first_line(file: Path | None) -> str | None:
    from beredt.errors import OptionError

    if file is None:
        return None
    try:
        return file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise OptionError("file", str(file), str(error.strerror), "name a file that can be read") from error


def _headers(file: Path | None) -> dict[str, str]:
    lines = (_first_line(file) or "").splitlines()
    return {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines) if name.strip()}
