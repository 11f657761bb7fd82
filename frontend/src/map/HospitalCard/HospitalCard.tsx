// A hospital or out-of-hours service opened: whom it takes, where it stands – to be typed or chosen by name –, and taking its
// patients elsewhere: for good, a part of them, or to another that it is merged with.
import { useState } from "preact/hooks";
import type { ServiceHospital } from "../../api/types.ts";
import { Icon } from "../../components/Icon/Icon.tsx";
import { WHOLE_PERCENT } from "../../numbers/forms.ts";
import { numbers, t } from "../../state/language.ts";
import { service } from "../../state/service.ts";
import { study } from "../../state/study.ts";
import { closeDepartment, closesDepartments, countPlaces, openDepartments, putPlace } from "../editing.ts";
import { nameIn } from "../facts.ts";
import { Coordinates, PlaceChoice } from "../StationCard/StationCard.tsx";
import { hospital as open, showHospital } from "../view.ts";
import "../StationCard/StationCard.css";

const URGENCIES = ["*", "A", "H", "V"] as const;

export function HospitalCard() {
  const here = open.value;
  if (!here) return null;
  const movable = { ...here, kind: "hospital" as const };
  return (
    <section class="station-card" aria-label={t("map.hospital", { name: here.name })}>
      <header>
        <h2>{here.name}</h2>
        <button class="button plain icon" aria-label={t("shell.close")} onClick={() => showHospital(null)}>
          <Icon name="close" />
        </button>
      </header>
      <p class="quiet">{t(here.emergency ? "map.takes_emergencies" : "map.takes_no_emergencies")}</p>
      {here.change !== "same" && <p class="station-change">{t(`map.change_${here.change}`)}</p>}
      <dl>
        <div>
          <dt>{t("map.fact_organisation")}</dt>
          <dd>{nameIn(study.value?.organisations, here.organisation)}</dd>
        </div>
      </dl>
      <Closed hospital={here} />
      {here.change !== "gone" && (
        <>
          <Coordinates spot={here} onChange={(spot) => putPlace(movable, spot)} />
          <PlaceChoice onChoose={(spot) => putPlace(movable, spot)} />
          <TakeElsewhere key={here.id} hospital={here} />
          <details>
            <summary>{t("map.crowding")}</summary>
            <Crowded key={here.id} hospital={here} />
          </details>
        </>
      )}
    </section>
  );
}

/** What is closed, row by row, and taking it back. */
function Closed({ hospital }: { hospital: ServiceHospital }) {
  if (hospital.closed.length === 0) return null;
  const others = (ids: readonly string[]) =>
    ids.length === 0
      ? t("map.nearest_alike")
      : ids.map((id) => nameIn(service.value?.hospitals, id)).join(", ");
  return (
    <>
      <ul class="station-units">
        {hospital.closed.map((one, index) => (
          <li key={index}>
            {t("map.taken_elsewhere", {
              share: numbers.value.text(one.share, WHOLE_PERCENT),
              urgency: t(`map.urgency_${one.urgency === "*" ? "all" : one.urgency}`),
              instead: others(one.instead),
            })}
          </li>
        ))}
      </ul>
      {closesDepartments(hospital.id) && (
        <button class="button" onClick={() => openDepartments(hospital)}>
          {t("map.open_again")}
        </button>
      )}
    </>
  );
}

const HOUR_S = 3600;

/** Places that are counted, and where patients are taken when too many units wait for one. */
function Crowded({ hospital }: { hospital: ServiceHospital }) {
  const [places, setPlaces] = useState(8);
  const [hours, setHours] = useState(4);
  const [to, setTo] = useState("");
  const [waiting, setWaiting] = useState(2);
  const number = (label: string, value: number, least: number, set: (value: number) => void) => (
    <label class="station-field">
      {t(label)}
      <input
        class="field"
        type="number"
        min={least}
        max={1000}
        step={least < 1 ? "any" : 1}
        required
        value={value}
        onInput={(event) => set(event.currentTarget.valueAsNumber)}
      />
    </label>
  );
  return (
    <form
      aria-label={t("map.crowding")}
      onSubmit={(event) => {
        event.preventDefault();
        const past = to === "" ? undefined : { to, waiting };
        countPlaces(hospital, { places, stay: Math.round(hours * HOUR_S), past });
      }}
    >
      <p class="quiet">{t("map.crowding_help")}</p>
      {number("map.places", places, 1, setPlaces)}
      {number("map.place_hours", hours, 0.1, setHours)}
      <label class="station-field">
        {t("map.past_to")}
        <OtherHospital than={hospital.id} none="map.past_nowhere" value={to} onChange={setTo} />
      </label>
      {to !== "" && number("map.past_waiting", waiting, 1, setWaiting)}
      <div class="station-buttons">
        <button class="button">{t("map.count_places")}</button>
      </div>
    </form>
  );
}

interface OtherProps {
  readonly than: string;
  /** Key of the word for none of them. */
  readonly none: string;
  readonly value: string;
  readonly onChange: (id: string) => void;
}

/** Another hospital than the one that is open, or none. */
function OtherHospital({ than, none, value, onChange }: OtherProps) {
  const others = (service.value?.hospitals ?? []).filter(
    ({ id, change }) => id !== than && change !== "gone",
  );
  return (
    <select class="field" value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      <option value="">{t(none)}</option>
      {others.map((one) => (
        <option key={one.id} value={one.id}>
          {one.name}
        </option>
      ))}
    </select>
  );
}

function TakeElsewhere({ hospital }: { hospital: ServiceHospital }) {
  const [urgency, setUrgency] = useState<string>("*");
  const [instead, setInstead] = useState("");
  const [percent, setPercent] = useState(100);
  return (
    <form
      class="station-close"
      aria-label={t("map.take_elsewhere")}
      onSubmit={(event) => {
        event.preventDefault();
        closeDepartment(hospital, {
          urgency,
          share: percent / 100,
          instead: instead === "" ? [] : [instead],
        });
      }}
    >
      <label class="station-field">
        {t("map.whose_patients")}
        <select class="field" value={urgency} onChange={(event) => setUrgency(event.currentTarget.value)}>
          {URGENCIES.map((one) => (
            <option key={one} value={one}>
              {t(`map.urgency_${one === "*" ? "all" : one}`)}
            </option>
          ))}
        </select>
      </label>
      <label class="station-field">
        {t("map.share_of_them")}
        <input
          class="field"
          type="number"
          min={1}
          max={100}
          step={1}
          required
          value={percent}
          onInput={(event) => setPercent(event.currentTarget.valueAsNumber || 100)}
        />
      </label>
      <label class="station-field">
        {t("map.to_where")}
        <OtherHospital than={hospital.id} none="map.nearest_alike" value={instead} onChange={setInstead} />
      </label>
      <div class="station-buttons">
        <button class="button">{t("map.take_elsewhere")}</button>
      </div>
    </form>
  );
}
