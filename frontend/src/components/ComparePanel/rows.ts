// What a comparison tells: one row a figure, one column an alternative, all against the same.
import type { AlternativeAnswer, Card } from "../shapes.ts";

export interface CompareRow {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly against: Card["against"];
  /** By alternative, in their order; undefined where one has no such figure. */
  readonly cards: readonly (Card | undefined)[];
}

export function compareRows(answers: readonly AlternativeAnswer[]): CompareRow[] {
  const ids = [...new Set(answers.flatMap((answer) => answer.cards.map((card) => card.id)))];
  return ids.flatMap((id) => {
    const cards = answers.map((answer) => answer.cards.find((card) => card.id === id));
    const first = cards.find((card) => card !== undefined);
    return first ? [{ id, title: first.title, unit: first.unit, against: first.against, cards }] : [];
  });
}
