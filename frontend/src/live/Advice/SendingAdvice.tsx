// Whom the study's rules would send, why, what it costs the others, and what stood beside it.
import { useState } from "preact/hooks";
import { PERCENT, WHOLE_MINUTES } from "../../numbers/forms.ts";
import { numbers, t } from "../../state/language.ts";
import type { Choice, Done, SendAdvice, SendGiven } from "../api/types.ts";
import { Answered } from "./Answered.tsx";
import { SomethingElse } from "./SomethingElse.tsx";
import "./Advice.css";

const REASONS: Readonly<Record<string, string>> = {
  nearest: "live.why_nearest",
  border: "live.why_border",
  least_loss: "live.why_least_loss",
  price: "live.why_price",
  sooner_than_any_free: "live.why_divert",
  neighbour_sooner: "live.why_neighbour",
  neighbour_seems_sooner: "live.why_neighbour_seems",
  reserve: "live.why_reserve",
  nearer_one_soon: "live.why_soon",
  nobody_free: "live.why_nobody",
  no_place_or_urgency: "live.why_unknown",
};

function headline({ deed, unit, centre, from_incident }: SendAdvice, centreName: string): string {
  const who = unit ?? "";
  if (deed === "send") return t("live.deed_send", { unit: who });
  if (deed === "divert") return t("live.deed_divert", { unit: who, incident: from_incident ?? "" });
  if (deed === "ask" && unit) return t("live.deed_ask", { centre: centreName, unit: who });
  if (deed === "ask") return t("live.deed_ask_nobody", { centre: centreName || (centre ?? "") });
  return t(deed === "wait" ? "live.deed_wait" : "live.deed_cannot");
}

/** What a unit's going leaves behind, in a sentence. */
export function lossOf({ people_lost: people, calls_lost: calls }: Choice): string {
  if (people < 0.0005 && calls < 0.0005) return t("live.leaves_nobody");
  const { value: figures } = numbers;
  return t("live.leaves", {
    people: figures.text(people, PERCENT),
    calls: figures.text(calls, PERCENT),
  });
}

function Choices({ choices, advised }: { choices: readonly Choice[]; advised: string | null }) {
  return (
    <details class="advice-choices">
      <summary>{t("live.choices")}</summary>
      <ol>
        {choices.map((one) => (
          <li key={one.unit} class={one.unit === advised ? "advised" : ""}>
            <b>{one.unit}</b> {numbers.value.text(one.expected_s, WHOLE_MINUTES)}
            {one.position_stale && <span class="quiet"> · {t("live.stale_place")}</span>}
            <span class="quiet"> · {lossOf(one)}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}

interface Props {
  readonly given: SendGiven;
  readonly centreName: (id: string | null) => string;
  /** Units that may be sent. */
  readonly free: readonly string[];
  readonly onDone: (done: Done) => void;
  readonly onAgain: () => void;
}

export function SendingAdvice({ given, centreName, free, onDone, onAgain }: Props) {
  const [other, open] = useState(false);
  const { advice, done } = given;
  const chosen = advice.choices.find(({ unit }) => unit === advice.unit);
  const reason = REASONS[advice.reason];
  const close = (told: Done) => {
    open(false);
    onDone(told);
  };
  return (
    <section class="advice" aria-label={t("live.advice")}>
      <p class="advice-head">
        <b>{headline(advice, centreName(advice.centre))}</b>
        {chosen && (
          <span>{t("live.expected_in", { time: numbers.value.text(chosen.expected_s, WHOLE_MINUTES) })}</span>
        )}
      </p>
      <p>
        {reason ? t(reason) : advice.reason} {chosen && lossOf(chosen)}
      </p>
      {advice.promised.length > 0 && (
        <p class="quiet">
          {t("live.promised", {
            units: advice.promised.map(({ unit, incident }) => `${unit} (${incident})`).join(", "),
          })}
        </p>
      )}
      {advice.choices.length > 1 && <Choices choices={advice.choices} advised={advice.unit} />}
      {done ? (
        <Answered done={done} onAgain={onAgain} />
      ) : other ? (
        <SomethingElse
          units={free.filter((one) => one !== advice.unit)}
          onDone={close}
          onCancel={() => open(false)}
        />
      ) : (
        <div class="advice-buttons">
          {advice.deed !== "cannot_tell" && (
            <button
              class="button primary"
              onClick={() => onDone({ deed: "followed", unit: advice.unit, why: "" })}
            >
              {t("live.confirm")}
            </button>
          )}
          <button class="button" onClick={() => open(true)}>
            {t("live.something_else")}
          </button>
        </div>
      )}
    </section>
  );
}
