// How busy the units are: their share of hours on missions, the busiest first, with a mark where it was before.
import { useState } from "preact/hooks";
import { WHOLE_PERCENT } from "../../numbers/forms.ts";
import type { AlternativeAnswer } from "../shapes.ts";
import { useTexts } from "../texts.ts";
import "./UnitBars.css";

type Use = AlternativeAnswer["units"][number];

interface Props {
  readonly units: readonly Use[];
  readonly ink: string;
  readonly alone?: boolean;
  readonly stationName?: (id: string) => string;
}

/** Rows that are shown at first. */
const FEW = 10;
/** The longest bar, as a share of the column, so that its figure fits beside it. */
const LONGEST = 75;

const use = (one: Use): number => one.utilisation ?? 0;

export function UnitBars({ units, ink, alone = false, stationName = (id) => id }: Props) {
  const { say, numbers } = useTexts();
  const [showsAll, setShowsAll] = useState(false);
  const sorted = [...units].sort((a, b) => use(b) - use(a));
  const most = Math.max(0.01, ...units.map((one) => Math.max(use(one), one.against ?? 0)));
  const percent = (share: number) => `${(share / most) * LONGEST}%`;
  return (
    <>
      <table class="unit-bars">
        <caption class="unseen">{say("panel.units.title")}</caption>
        <thead class="unseen">
          <tr>
            <th scope="col">{say("panel.units.unit")}</th>
            <th scope="col">{say("panel.units.share")}</th>
          </tr>
        </thead>
        <tbody>
          {(showsAll ? sorted : sorted.slice(0, FEW)).map((one) => (
            <tr key={one.unit}>
              <th scope="row">
                {one.unit} <span class="quiet">{stationName(one.station)}</span>
              </th>
              <td>
                <span class="unit-bars-bar" style={{ width: percent(use(one)), background: ink }} />
                {!alone && one.against !== null && (
                  <span class="unit-bars-before" style={{ left: percent(one.against) }} aria-hidden="true" />
                )}
                <span style={{ marginLeft: percent(alone ? 0 : Math.max(0, (one.against ?? 0) - use(one))) }}>
                  {numbers.text(one.utilisation, WHOLE_PERCENT)}
                </span>
                {!alone && one.against !== null && (
                  <span class="unseen">
                    {" "}
                    {say("panel.units.before", { share: numbers.text(one.against, WHOLE_PERCENT) })}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > FEW && (
        <button
          type="button"
          class="button plain"
          data-unpictured
          aria-expanded={showsAll}
          onClick={() => setShowsAll(!showsAll)}
        >
          {say(showsAll ? "panel.units.fewer" : "panel.units.all", { count: numbers.whole(sorted.length) })}
        </button>
      )}
    </>
  );
}
