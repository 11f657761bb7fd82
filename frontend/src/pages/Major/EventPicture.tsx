// The canvas over the map: units of the event in full colour, all others faint, their roads behind those on the way.
import { useSignalEffect, type Signal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { useEngine } from "../../map/engineContext.ts";
import { drawStation, drawTrail, drawUnit } from "../../playback/draw.ts";
import type { Playback } from "../../playback/file.ts";
import { trail } from "../../playback/moment.ts";
import { sceneOn } from "../../playback/scene.ts";
import { eventNow } from "./eventNow.ts";

const TRAIL_S = 240;
const FAINT = 0.4;
const DRIVING = new Set(["to_scene", "to_hospital"]);

interface Props {
  readonly played: Signal<Playback | undefined>;
  readonly minute: Signal<number>;
  readonly numbers: ReadonlySet<number>;
  /** Minutes of the playback before the first alarm. */
  readonly before: number;
}

export function EventPicture({ played, minute, numbers, before }: Props) {
  const engine = useEngine();
  const place = useRef<HTMLCanvasElement>(null);
  const mine = useRef(numbers);
  mine.current = numbers;
  useSignalEffect(() => {
    const file = played.value;
    const at = minute.value;
    if (!place.current || !file || engine.moved.value < 0) return;
    const scene = sceneOn(place.current, engine);
    if (!scene) return;
    const tick = Math.min((at + before) * 60 * file.ticksPerSecond, file.ticks - 1);
    const { own, others } = eventNow(file, mine.current, tick);
    for (const station of file.stations) drawStation(scene, station, station.name);
    scene.pen.globalAlpha = FAINT;
    for (const one of others) drawUnit(scene, one, false);
    scene.pen.globalAlpha = 1;
    const since = Math.max(0, tick - TRAIL_S * file.ticksPerSecond);
    for (const one of own) if (DRIVING.has(one.status)) drawTrail(scene, trail(one.unit, since, tick));
    for (const one of own) drawUnit(scene, one, false);
  });
  return <canvas ref={place} class="playback-canvas" aria-hidden="true" />;
}
