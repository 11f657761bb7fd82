// Free units that would do more elsewhere: what each move gains, and what it costs.
import { KM, POINTS, WHOLE_MINUTES } from "../../numbers/forms.ts";
import { numbers, t } from "../../state/language.ts";
import type { Done, Move, MovesGiven } from "../api/types.ts";
import { Answered } from "./Answered.tsx";
import "./Advice.css";

interface Props {
  readonly given: MovesGiven;
  readonly stationName: (id: string) => string;
  readonly onDone: (done: Done) => void;
  readonly onAgain: () => void;
}

function OneMove({ move, stationName, onDone }: Omit<Props, "given" | "onAgain"> & { move: Move }) {
  const figures = numbers.value;
  return (
    <>
      <p class="advice-head">
        <b>{t("live.move", { unit: move.unit, to: stationName(move.to_station) })}</b>
        <span>{t("live.move_from", { from: stationName(move.from_station) })}</span>
      </p>
      <dl class="advice-facts">
        <dt>{t("live.gains")}</dt>
        <dd>{t("live.of_calls", { share: figures.text(move.gained, POINTS) })}</dd>
        <dt>{t("live.costs")}</dt>
        <dd>{t("live.of_calls", { share: figures.text(move.lost, POINTS) })}</dd>
        <dt>{t("live.drive")}</dt>
        <dd>
          {figures.text(move.drive_s, WHOLE_MINUTES)}, {figures.text(move.km, KM)}
        </dd>
      </dl>
      <div class="advice-buttons">
        <button
          class="button primary"
          aria-label={t("live.confirm_move", { unit: move.unit })}
          onClick={() => onDone({ deed: "followed", unit: move.unit, why: "" })}
        >
          {t("live.confirm")}
        </button>
      </div>
    </>
  );
}

export function MoveList({ given, stationName, onDone, onAgain }: Props) {
  const { moves } = given.advice;
  if (moves.length === 0) return <p class="quiet">{t("live.no_moves")}</p>;
  const shown = given.done ? moves.filter(({ unit }) => unit === given.done?.unit) : moves;
  return (
    <div class="moves">
      <ol>
        {shown.map((move) => (
          <li key={`${move.unit} ${move.to_station}`} class="advice">
            {given.done ? (
              <p class="advice-head">
                <b>{t("live.move", { unit: move.unit, to: stationName(move.to_station) })}</b>
              </p>
            ) : (
              <OneMove move={move} stationName={stationName} onDone={onDone} />
            )}
          </li>
        ))}
      </ol>
      {given.done ? (
        <Answered done={given.done} onAgain={onAgain} />
      ) : (
        <button class="button" onClick={() => onDone({ deed: "declined", unit: null, why: "" })}>
          {t("live.decline_moves")}
        </button>
      )}
    </div>
  );
}
