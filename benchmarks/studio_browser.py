"""Studio as it is met: a browser at a real server, and twenty people at one.

In Chromium, drawn by software: from the first request until the map of the study is painted, until its figures of the
year are, and until the map that moves is whole, by the clock of the page; what that weighs; from letting go of a
station to the first new indicators and to the last replication; frame times while the map is dragged under each layer.
Without a browser: how long readers wait, with and without somebody else's simulation beside them.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass

import httpx2
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.machine import this_machine

STUDY = "asker-baerum"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
DRAWN_BY_SOFTWARE = ("--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
LAYERS = ("response", "reach", "nearest", "people", "calls", "flows", "help", "borders")
STATION = "Bærum"
PATIENCE_MS = 300_000
PAN_STEPS = 60

WATCH = """() => {
    const told = []; window.beredtTold = told;
    const look = () => {
        const line = document.querySelector(".screen-status")?.textContent ?? "";
        const stale = document.querySelector(".answer-panel-body")?.classList.contains("is-stale") ?? true;
        const found = line.match(/(\\d+) \\D+ (\\d+)/);
        told.push([performance.now(), stale, found ? Number(found[1]) : 0, found ? Number(found[2]) : 0]);
    };
    new MutationObserver(look).observe(document.querySelector(".app"),
        { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["class"] });
    window.addEventListener("pointerup", () => (window.beredtReleased = performance.now()), { capture: true });
}"""

FIRST = """
    const times = {}; window.beredtFirst = times;
    const painted = (name) => requestAnimationFrame(() => setTimeout(() => (times[name] = performance.now())));
    const look = (name, selector) => {
        if (name in times || !document.querySelector(selector)) return;
        times[name] = undefined;
        painted(name);
    };
    new MutationObserver(() => {
        look("seen", "[data-seen=true], [data-whole=true]");
        look("figures", ".answer-title");
        look("whole", "[data-whole=true]");
    }).observe(document, { subtree: true, childList: true, attributes: true });
"""
"""When what is looked for was painted, milliseconds after the request."""

FRAMES = """() => {
    const frames = []; let last = performance.now(); window.beredtFrames = frames;
    const next = (now) => {
        frames.push(now - last); last = now;
        if (frames.length < 5000) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
}"""


@dataclass(frozen=True, slots=True)
class FirstLoad:
    """Seconds until the map is painted, still or moving, until figures of the year are, and until the moving map is
    whole; and bytes over the wire: those of the program alone, and with the study's map.
    """

    seen_s: float
    figures_s: float
    map_s: float
    program_bytes: int
    all_bytes: int


@dataclass(frozen=True, slots=True)
class Drag:
    """Seconds from letting go of a station to the first new indicators, and to the last replication."""

    first_s: float
    last_s: float
    replications: int


@dataclass(frozen=True, slots=True)
class Frames:
    """Milliseconds between frames while the map is dragged."""

    layer: str
    median_ms: float
    p95_ms: float


@dataclass(frozen=True, slots=True)
class Reads:
    """Milliseconds that readers wait."""

    people: int
    requests: int
    simulation_beside: bool
    median_ms: float
    p95_ms: float


@contextmanager
def served(folder: str) -> Iterator[str]:
    """A server in a process of its own; gives its address."""
    command = [sys.executable, "-c", "from beredt.cli.app import main; main()", "serve", STUDY]
    options = ["--no-open", "--port", "0", "--data", folder]
    process = subprocess.Popen([*command, *options], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout is not None
        found = next(match for line in process.stdout if (match := re.search(r"http://[\w.:\[\]]+", line)))
        yield found[0].replace("127.0.0.1", "localhost")
    finally:
        process.terminate()
        process.wait(30)


def whole_map(page: Page) -> None:
    """Wait until the map is drawn."""
    page.locator("[data-whole=true]").wait_for(timeout=PATIENCE_MS)


def answered(page: Page) -> None:
    """Wait until all replications of what is chosen are there."""
    told = page.locator(".answer-panel [role=status]").filter(has_text=re.compile(r"\S"))
    told.first.wait_for(state="attached", timeout=PATIENCE_MS)


def first_load(browser: Browser, url: str) -> FirstLoad:
    """Open Studio in a browser that has never been there."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    page = context.new_page()
    sizes: dict[str, float] = {}
    urls: dict[str, str] = {}
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.responseReceived", lambda event: urls.update({event["requestId"]: event["response"]["url"]}))
    wire.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    page.add_init_script(FIRST)
    page.goto(url)
    whole_map(page)
    # Looked at from outside: the page forbids that text is evaluated in it, which waiting inside would do.
    begun = time.monotonic()
    while not page.evaluate("Object.values(window.beredtFirst).filter(Boolean).length === 3"):
        if time.monotonic() - begun > PATIENCE_MS / 1000:
            raise TimeoutError("the first load never told when map and figures were there")
        page.wait_for_timeout(50)
    seen, figures, whole = page.evaluate("['seen', 'figures', 'whole'].map((one) => window.beredtFirst[one] / 1000)")
    program = sum(size for request, size in sizes.items() if "/api/" not in urls.get(request, ""))
    context.close()
    return FirstLoad(seen, figures, whole, round(program), round(sum(sizes.values())))


def drag(page: Page, by: int) -> Drag:
    """Drag a station on the map and wait for the year."""
    mark = page.get_by_role("button", name=re.compile(f"^{STATION},")).locator("*").first
    box = mark.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 11):
        page.mouse.move(x + by * step / 10, y - by * step / 20)
    page.evaluate("window.beredtTold.length = 0")
    page.mouse.up()
    begun = time.monotonic()
    while time.monotonic() - begun < PATIENCE_MS / 1000:
        page.wait_for_timeout(100)
        released, told = page.evaluate("[window.beredtReleased, window.beredtTold]")
        fresh = [one for one in told if not one[1] and one[2] > 0 and one[0] > released]
        whole = [one for one in fresh if one[2] == one[3]]
        if whole:
            return Drag((fresh[0][0] - released) / 1000, (whole[0][0] - released) / 1000, int(whole[0][3]))
    raise TimeoutError("the year after a drag was not simulated")


def pan(page: Page, url: str, layer: str) -> Frames:
    """Drag the map to and fro and look at the time between frames."""
    page.goto(f"{url}/s/{STUDY}?with=2&layer={layer}")
    whole_map(page)
    answered(page)
    box = page.locator(".maplibregl-canvas").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] * 0.55, box["y"] + box["height"] * 0.85
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(FRAMES)
    for step in range(PAN_STEPS):
        page.mouse.move(x + 120 * (1 if step // 15 % 2 else -1) * (step % 15) / 15, y)
    frames: list[float] = page.evaluate("window.beredtFrames.splice(0)")[1:]
    page.mouse.up()
    return Frames(layer, statistics.median(frames), quantile(frames, 0.95))


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which this share of values is."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


async def reads(url: str, people: int, each: int, simulation_beside: bool) -> Reads:
    """Have people read at once: the study, its map, drives from places, and what a draft makes of the service."""
    waits: list[float] = []

    async def person(number: int) -> None:
        chance = random.Random(number)
        async with httpx2.AsyncClient(base_url=url, timeout=60) as client:
            csrf = (await client.get("/api/session")).json()["csrf"]
            tag = (await client.get(f"/api/studies/{STUDY}/map")).headers.get("etag", "")
            for _ in range(each):
                await asyncio.sleep(chance.uniform(0.2, 1.0))  # people look before they ask
                kind = chance.randrange(4)
                begun = time.perf_counter()
                if kind == 0:
                    answer = await client.get(f"/api/studies/{STUDY}")
                elif kind == 1:
                    answer = await client.get(f"/api/studies/{STUDY}/map", headers={"if-none-match": tag})
                elif kind == 2:
                    place = {"lat": chance.uniform(59.82, 59.95), "lon": chance.uniform(10.40, 10.65)}
                    answer = await client.get(f"/api/studies/{STUDY}/drives", params=place)
                else:
                    path = f"/api/studies/{STUDY}/service?lang=en"
                    answer = await client.post(path, json={"edits": []}, headers={"x-beredt-csrf": csrf})
                waits.append(1000 * (time.perf_counter() - begun))
                assert answer.status_code in (200, 304), answer.text

    async def simulating() -> None:
        async with httpx2.AsyncClient(base_url=url, timeout=600) as client:
            csrf = (await client.get("/api/session")).json()["csrf"]
            for ticket in range(10_000):
                moved = {"edit": "move_station", "station": "baerum", "lat": 59.89 + ticket * 1e-4, "lon": 10.52}
                question = {
                    "page": "benchmark",
                    "ticket": ticket,
                    "of": [{"id": "a", "edits": [moved]}],
                    "against": {"id": "today", "edits": []},
                    "replications": 20,
                    "lang": "en",
                }
                path = f"/api/studies/{STUDY}/answers"
                async with client.stream("POST", path, json=question, headers={"x-beredt-csrf": csrf}) as answer:
                    assert answer.status_code == 200
                    async for _ in answer.aiter_bytes():
                        pass

    beside = asyncio.create_task(simulating()) if simulation_beside else None
    await asyncio.gather(*(person(number) for number in range(people)))
    if beside is not None:
        if beside.done():
            beside.result()
        beside.cancel()
    return Reads(people, len(waits), simulation_beside, statistics.median(waits), quantile(waits, 0.95))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="./dev bench studio-browser", description=__doc__)
    parser.add_argument("--drags", type=int, default=5, help="how often a station is dragged")
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--reads", type=int, default=30, help="requests of each person")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    program = next((path for name in CHROMIUMS if (path := shutil.which(name))), None)
    if program is None:
        raise SystemExit("no browser on this machine: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder, served(folder) as url:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=list(DRAWN_BY_SOFTWARE))
            cold = first_load(browser, url)
            page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="en-GB")
            page.goto(url)
            whole_map(page)
            answered(page)  # roads, kernels and today's year are ready
            warm = first_load(browser, url)
            page.evaluate(WATCH)
            drags = [drag(page, 24 + 6 * number) for number in range(arguments.drags)]
            frames = [pan(page, url, layer) for layer in LAYERS]
            browser.close()
        waits = [asyncio.run(reads(url, arguments.people, arguments.reads, beside)) for beside in (False, True)]
    machine = this_machine()
    if arguments.json:
        rows = {"drags": [asdict(one) for one in drags], "frames": [asdict(one) for one in frames]}
        more = {"reads": [asdict(one) for one in waits], "first_load": asdict(cold), "later_load": asdict(warm)}
        print(json.dumps({"machine": asdict(machine), **more, **rows}, indent=2))
        return
    print(machine.as_text())
    for name, load in (("first load, server just begun", cold), ("first load, server warm", warm)):
        print(f"{name}: map seen after {load.seen_s:.2f} s, figures after {load.figures_s:.2f} s, "
              f"the moving map whole after {load.map_s:.2f} s; "
              f"program {load.program_bytes / 1e6:.2f} MB compressed, "
              f"with the study {load.all_bytes / 1e6:.2f} MB")  # fmt: skip
    firsts, lasts = [one.first_s for one in drags], [one.last_s for one in drags]
    print(f"drag of a station ({len(drags)}): first new indicators {statistics.median(firsts):.2f} s "
          f"(most {max(firsts):.2f}), all {drags[0].replications} replications {statistics.median(lasts):.2f} s "
          f"(most {max(lasts):.2f})")  # fmt: skip
    for one in frames:
        print(f"map dragged, {one.layer}: {one.median_ms:.0f} ms between frames, p95 {one.p95_ms:.0f} ms")
    for wait in waits:
        beside = "beside a simulation" if wait.simulation_beside else "nothing beside"
        print(f"{wait.people} people, {beside}: {wait.requests} reads, median {wait.median_ms:.0f} ms, "
              f"p95 {wait.p95_ms:.0f} ms")  # fmt: skip
