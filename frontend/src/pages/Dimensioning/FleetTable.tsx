// A fleet by station and part of the day: what the rule asks for beside what is there, and what is kept.
import type { Cell, Dimensioning, Scenario } from "../../api/analyses.ts";
import { useTexts } from "../../components/texts.ts";
import { unbroken } from "../../components/unbroken.ts";
import { COUNT, PERCENT } from "../../numbers/forms.ts";
import "./FleetTable.css";

interface Props {
  readonly answer: Dimensioning;
  readonly scenario: Scenario;
}

export function FleetTable({ answer, scenario }: Props) {
  const { say, local } = useTexts();
  const stations = [...new Set(scenario.cells.map((one) => one.station))];
  const nameOf = (id: string) => answer.stations.find((one) => one.id === id)?.name ?? id;
  const most = Math.max(1, ...scenario.cells.map((one) => Math.max(one.units, one.own_units)));
  return (
    <div class="analysis-scroll">
      <table class="analysis-table fleet">
        <thead>
          <tr>
            <th>{say("dimension.station")}</th>
            {answer.bands.map((band) => (
              <th key={band.id}>{local(band.name)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {stations.map((station) => (
            <tr key={station}>
              <th scope="row">{nameOf(station)}</th>
              {answer.bands.map((band) => {
                const cell = scenario.cells.find((one) => one.station === station && one.band === band.id);
                return <td key={band.id}>{cell && <One cell={cell} most={most} />}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const OWN = { ...COUNT, digits: 1 } as const;
const SAME = 0.05;

function One({ cell, most }: { cell: Cell; most: number }) {
  const { say, numbers } = useTexts();
  const differs = cell.units - cell.own_units;
  const mark = Math.abs(differs) < SAME ? "" : differs > 0 ? "▲" : "▼";
  const own = Number.isInteger(cell.own_units) ? COUNT : OWN;
  return (
    <div class="fleet-cell">
      <p>
        <strong>{numbers.whole(cell.units)}</strong>{" "}
        <span class="quiet">{say("dimension.has", { count: numbers.plain(cell.own_units, own) })}</span>{" "}
        <span aria-hidden="true">{mark}</span>
      </p>
      <svg class="fleet-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect width={(cell.units / most) * 100} height={8} />
        <line x1={(cell.own_units / most) * 100} x2={(cell.own_units / most) * 100} y1={0} y2={8} />
      </svg>
      <Kept cell={cell} part="nearest" />
      <Kept cell={cell} part="target" />
    </div>
  );
}

function Kept({ cell, part }: { cell: Cell; part: "nearest" | "target" }) {
  const { say, numbers } = useTexts();
  const share = cell[part];
  return (
    <p class={share.asked ? "fleet-share" : "fleet-share quiet"}>
      <span>{say(`dimension.${part}`)}</span> <span>{unbroken(numbers.estimate(share, PERCENT))}</span>
      {!share.asked && <span class="unseen"> {say("dimension.not_asked")}</span>}
    </p>
  );
}
