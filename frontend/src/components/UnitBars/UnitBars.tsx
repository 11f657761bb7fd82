/** How busy the units are: their share of hours on missions, by station, the busiest first. */
import { WHOLE_PERCENT } from "../../numbers/forms.ts";
import type { AlternativeAnswer } from "../shapes.ts";
import { useTexts } from "../texts.ts";
import "./UnitBars.css";

interface Props {
  units: AlternativeAnswer["units"];
  ink: string;
  stationName?: (id: string) => string;
}

export function UnitBars({ units, ink, stationName = (id) => id }: Props) {
  const { say, numbers } = useTexts();
  const use = (one: { utilisation: number | null }) => one.utilisation ?? 0;
  const sorted = [...units].sort((a, b) => use(b) - use(a));
  const most = Math.max(0.01, ...sorted.map(use));
  return (
    <table class="unit-bars">
      <caption class="unseen">{say("panel.units.title")}</caption>
      <thead class="unseen">
        <tr>
          <th scope="col">{say("panel.units.unit")}</th>
          <th scope="col">{say("panel.units.share")}</th>
        </tr>
      </thead>
      <tbody>
        {sorted.map((one) => (
          <tr key={one.id}>
            <th scope="row">
              {one.id} <span class="quiet">{stationName(one.station)}</span>
            </th>
            <td>
              <span class="unit-bars-bar" style={{ width: `${(use(one) / most) * 70}%`, background: ink }} />
              {numbers.text(one.utilisation, WHOLE_PERCENT)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
