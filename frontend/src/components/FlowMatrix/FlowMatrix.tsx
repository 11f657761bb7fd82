/** Who serves whom: missions a year of units of an organisation in a municipality, and what changes. */
import { COUNT } from "../../numbers/forms.ts";
import type { Flow } from "../shapes.ts";
import { useTexts } from "../texts.ts";
import "./FlowMatrix.css";

interface Props {
  flows: readonly Flow[];
  alone?: boolean;
  /** The name of an organisation or a municipality. */
  nameOf?: (id: string) => string;
}

const STEPS = 5;
/** Counts below this are not shown for single pairs, as in the report. */
const FEWEST = 5;

export function FlowMatrix({ flows, alone = false, nameOf = (id) => id }: Props) {
  const { say, numbers } = useTexts();
  const shown = flows.filter((one) => Math.max(one.missions, one.against) >= FEWEST);
  const columns = bySum(shown, (one) => one.organisation);
  const rows = bySum(shown, (one) => one.municipality);
  const most = Math.max(1, ...shown.map((one) => one.missions));
  const cell = (row: string, column: string) =>
    shown.find((one) => one.municipality === row && one.organisation === column);
  return (
    <div class="flow-matrix" tabIndex={0} role="region" aria-label={say("panel.flows.table")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say("panel.flows.to_from")}</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {nameOf(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              <th scope="row">{nameOf(row)}</th>
              {columns.map((column) => (
                <FlowCell key={column} flow={cell(row, column)} most={most} alone={alone} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="quiet">{say("panel.flows.few", { few: numbers.whole(FEWEST) })}</p>
    </div>
  );
}

function FlowCell({ flow, most, alone }: { flow: Flow | undefined; most: number; alone: boolean }) {
  const { numbers } = useTexts();
  if (!flow) return <td class="quiet">·</td>;
  const step = Math.max(1, Math.ceil((flow.missions / most) * STEPS));
  const difference = flow.missions - flow.against;
  return (
    <td class={`flow-step-${step}`}>
      {numbers.whole(Math.round(flow.missions))}
      {!alone && Math.round(difference) !== 0 && <small>{numbers.plain(difference, COUNT, true)}</small>}
    </td>
  );
}

/** Names, the one with the most missions first. */
function bySum(flows: readonly Flow[], name: (flow: Flow) => string): string[] {
  const sums = new Map<string, number>();
  for (const flow of flows) sums.set(name(flow), (sums.get(name(flow)) ?? 0) + flow.missions);
  return [...sums].sort((a, b) => b[1] - a[1]).map(([one]) => one);
}
