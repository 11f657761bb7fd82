// One moment of a major incident played on the map: units on their way, at the scene, and to hospital, minute by minute.
import { signal, useSignal, type Signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { analysesClient, type Major, type MajorAnswer } from "../../api/analyses.ts";
import { Icon } from "../../components/Icon/Icon.tsx";
import { useTexts } from "../../components/texts.ts";
import { Trouble } from "../../components/Trouble/Trouble.tsx";
import { useAsked } from "../../components/useAsked.ts";
import { MapContextControls } from "../../map/Controls/MapContextControls.tsx";
import { useEngine } from "../../map/engineContext.ts";
import { PlainMap } from "../../map/PlainMap/PlainMap.tsx";
import { useScreenPlace } from "../../map/Stations/useScreenPlace.ts";
import type { Playback } from "../../playback/file.ts";
import { setQuery } from "../../state/location.ts";
import { shown } from "../../state/remote.ts";
import { calm } from "../../state/theme.ts";
import { eventNow } from "./eventNow.ts";
import { clockAfter } from "./minutes.ts";
import { MinuteFigures } from "./MinuteFigures.tsx";
import { EventPicture } from "./EventPicture.tsx";
import "../Playback/Playback.css";

const NO_COLOURS = signal<readonly (string | null)[]>([]);
/** How much nearer than the whole study. */
const NEARER = 1;
/** Minutes that pass in a second. */
const PACE = 4;

interface Props {
  readonly answer: Major;
  readonly chosen: MajorAnswer;
  readonly id: string;
  readonly minute: Signal<number>;
}

export function Played({ answer, chosen, id, minute }: Props) {
  const { say } = useTexts();
  const { found, again } = useAsked(
    () => analysesClient.majorPlayback(id, chosen.alternative),
    `${id} ${chosen.alternative}`,
  );
  const played = useSignal<Playback | undefined>(undefined);
  const file = shown(found);
  useEffect(() => {
    played.value = file;
  }, [file]);
  const numbers = new Set(chosen.loads.map((one) => one.number));
  const before = answer.played_before_s / 60;
  const now = file && eventNow(file, numbers, (minute.value + before) * 60 * file.ticksPerSecond);
  return (
    <div class="major-played">
      <div class="major-map" role="group" aria-label={say("major.map")}>
        <PlainMap colours={NO_COLOURS}>
          <Near scenes={answer.scenes} />
          <EventPicture {...{ played, minute, numbers, before }} />
          {answer.scenes.map((scene, index) => (
            <Scene key={index} lat={scene.lat} lon={scene.lon} name={scene.place} />
          ))}
          <MapContextControls />
        </PlainMap>
      </div>
      <Clock answer={answer} minute={minute} start={file?.start} before={before} />
      {found.state === "failed" && <Trouble problem={found.problem} onAgain={again} />}
      <MinuteFigures {...{ answer, chosen, now }} minute={minute.value} />
    </div>
  );
}

/** The map begins where it happens, with the stations around it. */
function Near({ scenes }: { scenes: Major["scenes"] }) {
  const engine = useEngine();
  useEffect(() => {
    const first = scenes[0];
    if (first) engine.see({ center: [first.lon, first.lat], zoom: engine.camera().zoom + NEARER });
  }, [engine]);
  return null;
}

function Scene({ lat, lon, name }: { lat: number; lon: number; name: string }) {
  const { say } = useTexts();
  const element = useScreenPlace<HTMLSpanElement>({ lat, lon });
  return (
    <span ref={element} class="major-scene" role="img" aria-label={say("major.scene", { place: name })}>
      <i />
    </span>
  );
}

interface ClockProps {
  readonly answer: Major;
  readonly minute: Signal<number>;
  /** Of the playback, milliseconds; unknown while it is on its way. */
  readonly start: number | undefined;
  readonly before: number;
}

/** Play, pause, and any minute; whoever asked for no motion sees minute after minute instead of a film. */
function Clock({ answer, minute, start, before }: ClockProps) {
  const { say, numbers } = useTexts();
  const [isPlaying, setPlaying] = useState(false);
  const end = answer.minutes.at(-1) ?? 0;
  useEffect(() => {
    if (!isPlaying) return undefined;
    return passing((minutes) => {
      minute.value = Math.min(minute.value + minutes, end);
      if (minute.value >= end) setPlaying(false);
    });
  }, [isPlaying, end]);
  useEffect(() => {
    if (!isPlaying) setQuery({ minute: minute.value === 0 ? null : String(Math.floor(minute.value)) });
  }, [isPlaying]);
  const whole = Math.floor(minute.value);
  const after = say("major.minute_after", {
    minute: numbers.plain(whole, { unit: "count", factor: 1, digits: 0 }),
  });
  const text = start === undefined ? after : `${after} · ${clockAfter(start, minute.value + before)}`;
  const label = say(isPlaying ? "playback.pause" : "playback.play");
  return (
    <div class="playback-clock" data-unpictured>
      <button
        type="button"
        class="button primary icon"
        aria-label={label}
        title={label}
        disabled={start === undefined}
        onClick={() => {
          if (!isPlaying && minute.value >= end) minute.value = -before;
          setPlaying(!isPlaying);
        }}
      >
        <Icon name={isPlaying ? "pause" : "play"} />
      </button>
      <input
        class="playback-slider"
        type="range"
        min={-before}
        max={end}
        step={1}
        value={whole}
        aria-label={say("major.minute")}
        aria-valuetext={text}
        onInput={({ currentTarget }) => {
          setPlaying(false);
          minute.value = currentTarget.valueAsNumber;
        }}
        onChange={({ currentTarget }) => setQuery({ minute: currentTarget.value })}
      />
      <output class="playback-time">{text}</output>
    </div>
  );
}

/** Tell how many minutes have passed: in every frame, or once a second for whoever asked for no motion. */
function passing(told: (minutes: number) => void): () => void {
  if (calm()) {
    const timer = window.setInterval(() => told(1), 1000);
    return () => window.clearInterval(timer);
  }
  let last: number | undefined;
  let frame = 0;
  const step = (time: number) => {
    if (last !== undefined) told((Math.min(time - last, 250) / 1000) * PACE);
    last = time;
    frame = requestAnimationFrame(step);
  };
  frame = requestAnimationFrame(step);
  return () => cancelAnimationFrame(frame);
}
