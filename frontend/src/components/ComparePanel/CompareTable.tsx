// Up to four alternatives in one table: the level they are held against, and each one's difference with its interval.
import { differenceForm, levelForm } from "../../numbers/forms.ts";
import { ChangeText } from "../ChangeText/ChangeText.tsx";
import { DotInterval } from "../DotInterval/DotInterval.tsx";
import { domainOf } from "../DotInterval/scale.ts";
import { GateVerdict } from "../GateVerdict/GateVerdict.tsx";
import type { AlternativeAnswer } from "../shapes.ts";
import { useTexts } from "../texts.ts";
import { compareRows, type CompareRow } from "./rows.ts";
import "./CompareTable.css";

export interface Column {
  readonly answer: AlternativeAnswer;
  readonly name: string;
  readonly ink: string;
}

interface Props {
  readonly columns: readonly Column[];
  readonly againstName: string;
}

export function CompareTable({ columns, againstName }: Props) {
  const { say } = useTexts();
  const rows = compareRows(columns.map((column) => column.answer));
  return (
    <div class="compare-scroll" tabIndex={0} role="region" aria-label={say("panel.compare.table")}>
      <table class="compare-table">
        <thead>
          <tr>
            <th scope="col">{say("panel.compare.measure")}</th>
            {columns.map((column) => (
              <th key={column.answer.id} scope="col">
                <i style={{ background: column.ink }} aria-hidden="true" />
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {columns.some((column) => column.answer.gate) && (
            <tr>
              <th scope="row">{say("panel.gate.title")}</th>
              {columns.map(({ answer }) => (
                <td key={answer.id}>{answer.gate ? <GateVerdict gate={answer.gate} short /> : "–"}</td>
              ))}
            </tr>
          )}
          {rows.map((row) => (
            <MeasureRow key={row.id} row={row} columns={columns} againstName={againstName} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function MeasureRow({
  row,
  columns,
  againstName,
}: {
  row: CompareRow;
  columns: readonly Column[];
  againstName: string;
}) {
  const { say, numbers } = useTexts();
  const differences = row.cards.flatMap((card) => (card ? [card.difference] : []));
  const domain = domainOf(differences, [0]);
  const value = numbers.text(row.against.value, levelForm(row.unit));
  return (
    <tr>
      <th scope="row">
        {row.title}
        <span class="quiet">{say("panel.card.against", { against: againstName, value })}</span>
      </th>
      {row.cards.map((card, number) => {
        const column = columns[number];
        if (!card || !column) return <td key={number}>–</td>;
        const text = numbers.estimate(card.difference, differenceForm(row.unit), true);
        return (
          <td key={column.answer.id}>
            <DotInterval
              dots={[{ id: card.id, estimate: card.difference, ink: column.ink }]}
              zero={0}
              domain={domain}
              alt={`${column.name}: ${text}`}
            />
            <ChangeText difference={card.difference} change={card.change} unit={row.unit} />
          </td>
        );
      })}
    </tr>
  );
}
