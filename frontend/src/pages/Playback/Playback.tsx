// A simulated day on the map: units along the roads, incidents, who waits; with a clock that can be stopped, moved and hastened.
import { useEffect } from "preact/hooks";
import { Icon } from "../../components/Icon/Icon.tsx";
import { Notice } from "../../app/Notice/Notice.tsx";
import { MapView } from "../../map/MapView/MapView.tsx";
import { MapContextControls } from "../../map/Controls/MapContextControls.tsx";
import { chosen, alternatives, choose, TODAY } from "../../state/drafts.ts";
import { say, t } from "../../state/language.ts";
import { setQuery } from "../../state/location.ts";
import { study } from "../../state/study.ts";
import {
  advance,
  day,
  loadPlayback,
  playback,
  playbackRemote,
  playing,
  speed,
  SPEEDS,
  tick,
  timeText,
} from "../../playback/player.ts";
import { Now } from "./Now.tsx";
import { Picture } from "./Picture.tsx";
import "./Playback.css";

function useClock(): void {
  useEffect(() => {
    let last: number | undefined;
    let frame = 0;
    const step = (time: number) => {
      if (playing.value && last !== undefined) advance(Math.min((time - last) / 1000, 0.25));
      last = time;
      frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, []);
}

function lastDay(start: string, days: number): string {
  const date = new Date(`${start.slice(0, 10)}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days - 1);
  return date.toISOString().slice(0, 10);
}

function Choices() {
  const open = study.value;
  if (!open) return null;
  return (
    <div class="playback-choices">
      <label>
        <span class="quiet">{t("playback.alternative")}</span>
        <select
          class="field"
          value={chosen.value?.id ?? TODAY}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          {alternatives.value.map((one) => (
            <option key={one.id} value={one.id}>
              {say(one.title) || t("map.untitled")}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span class="quiet">{t("playback.day")}</span>
        <input
          class="field"
          type="date"
          value={day.value}
          min={open.start.slice(0, 10)}
          max={lastDay(open.start, open.days)}
          onChange={(event) => {
            if (event.currentTarget.checkValidity() && event.currentTarget.value)
              setQuery({ day: event.currentTarget.value });
          }}
        />
      </label>
    </div>
  );
}

function Clock() {
  const played = playback.value;
  const label = t(playing.value ? "playback.pause" : "playback.play");
  const minute = 60 * (played?.ticksPerSecond ?? 10);
  return (
    <div class="playback-clock">
      <button
        class="button primary icon"
        aria-label={label}
        title={label}
        disabled={!played}
        onClick={() => (playing.value = !playing.value)}
      >
        <Icon name={playing.value ? "pause" : "play"} />
      </button>
      <input
        class="playback-slider"
        type="range"
        min={0}
        max={(played?.ticks ?? 1) - 1}
        step={minute}
        value={tick.value}
        disabled={!played}
        aria-label={t("playback.time")}
        aria-valuetext={timeText(tick.value)}
        onInput={(event) => (tick.value = event.currentTarget.valueAsNumber)}
      />
      <output class="playback-time">{timeText(tick.value)}</output>
      <label class="playback-speed">
        <span class="unseen">{t("playback.speed")}</span>
        <select
          class="field"
          value={speed.value}
          onChange={(event) => (speed.value = Number(event.currentTarget.value))}
        >
          {SPEEDS.map((one) => (
            <option key={one} value={one}>
              ×{one}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

export default function Playback() {
  const id = study.value?.id;
  const edits = JSON.stringify(chosen.value?.edits ?? []);
  useEffect(() => (id === undefined ? undefined : loadPlayback()), [id, edits, chosen.value?.id, day.value]);
  useClock();
  useEffect(() => () => void (playing.value = false), []);
  const remote = playbackRemote.value;
  if (remote.state === "failed" && !remote.before)
    return <Notice remote={remote} again={() => void loadPlayback()} />;
  return (
    <main id="content" class="playback" aria-label={t("playback.title")}>
      <div class="playback-map">
        <MapView alternative={undefined}>
          <Picture />
          <MapContextControls />
        </MapView>
        {remote.state === "loading" && <p class="map-asking">{t("playback.loading")}</p>}
      </div>
      <aside class="playback-side">
        <h1>{t("playback.title")}</h1>
        <Choices />
        <Now />
      </aside>
      <footer class="playback-foot">
        <Clock />
      </footer>
    </main>
  );
}
