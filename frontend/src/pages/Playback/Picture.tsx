// The canvas over the map: drawn anew when time passes or the camera moves. A click follows the unit that it hits.
import { useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { useEngine } from "../../map/MapView/MapView.tsx";
import { drawIncident, drawStation, drawTrail, drawUnit } from "../../playback/draw.ts";
import { sceneOn } from "../../playback/scene.ts";
import { incidentsAt, trail, unitsAt } from "../../playback/moment.ts";
import { followed, playback, playing, tick } from "../../playback/player.ts";

const TRAIL_S = 20 * 60;
const NEAR = 14; // pixels

export function Picture() {
  const engine = useEngine();
  const place = useRef<HTMLCanvasElement>(null);
  useSignalEffect(() => {
    const played = playback.value;
    const now = tick.value;
    const chosen = followed.value;
    if (!place.current || !played || engine.moved.value < 0) return;
    const scene = sceneOn(place.current, engine);
    if (!scene) return;
    for (const station of played.stations) drawStation(scene, station, station.name);
    const unit = chosen === undefined ? undefined : played.units[chosen];
    if (unit) drawTrail(scene, trail(unit, Math.max(0, now - TRAIL_S * played.ticksPerSecond), now));
    for (const incident of incidentsAt(played, now)) drawIncident(scene, incident);
    for (const one of unitsAt(played, now)) drawUnit(scene, one, one.row === chosen);
  });
  useSignalEffect(() => {
    const played = playback.value;
    const row = followed.value;
    const now = tick.value;
    if (!played || row === undefined || !playing.value) return;
    const one = unitsAt(played, now).find((unit) => unit.row === row);
    if (one) engine.map.setCenter([one.lon, one.lat]);
  });
  useEffect(() => {
    engine.onPoint("click", ({ point }) => {
      const played = playback.peek();
      if (!played) return;
      const near = unitsAt(played, tick.peek())
        .map((one) => ({ one, at: engine.pixel(one) }))
        .map(({ one, at }) => ({ row: one.row, far: Math.hypot(at.x - point.x, at.y - point.y) }))
        .filter(({ far }) => far < NEAR)
        .sort((a, b) => a.far - b.far)[0];
      followed.value = near?.row;
    });
  }, [engine]);
  return <canvas ref={place} class="playback-canvas" aria-hidden="true" />;
}
