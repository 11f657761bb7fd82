/** One figure of the answer: chosen, today's, the difference, all with intervals, and how it goes over the day. */
import { levelForm } from "../../numbers/forms.ts";
import { ChangeText } from "../ChangeText/ChangeText.tsx";
import { DotInterval } from "../DotInterval/DotInterval.tsx";
import type { Domain } from "../DotInterval/scale.ts";
import { Help } from "../Help/Help.tsx";
import { HourCurve } from "../HourCurve/HourCurve.tsx";
import { PictureMenu } from "../PictureMenu/PictureMenu.tsx";
import type { Card } from "../shapes.ts";
import { useTexts } from "../texts.ts";
import { unbroken } from "../unbroken.ts";
import "./AnswerCard.css";

interface Props {
  card: Card;
  ink: string;
  againstName: string;
  seed: number | string;
  fingerprint: string;
  /** What is asked: the scale of the dots only widens while it stays the same. */
  question: string;
  /** Nothing is compared: the card tells the level alone. */
  alone?: boolean;
  /** One scale for the cards of several alternatives. */
  domain?: Domain | undefined;
}

export function AnswerCard({
  card,
  ink,
  againstName,
  seed,
  fingerprint,
  question,
  alone = false,
  domain,
}: Props) {
  const { say, numbers } = useTexts();
  const form = levelForm(card.unit);
  const chosen = numbers.estimate(card.value, form);
  const before = numbers.estimate(card.against, form);
  const dots = [
    ...(alone ? [] : [{ id: "against", estimate: card.against, ink: "var(--alt-today)", hollow: true }]),
    { id: "chosen", estimate: card.value, ink },
  ];
  return (
    <article class="answer-card" aria-label={card.title}>
      <header class="answer-card-head">
        <h3>{card.title}</h3>
        <PictureMenu what={card.title} />
        <Help
          about={card.title}
          parts={[
            { name: say("panel.help.definition"), text: card.help.definition },
            { name: say("panel.help.source"), text: card.help.source },
            { name: say("panel.help.computed"), text: card.help.computed },
            { name: say("panel.help.seed"), text: String(seed) },
            { name: say("panel.help.fingerprint"), text: fingerprint },
          ]}
        />
      </header>
      <p class="answer-card-value">
        <strong>{numbers.text(card.value.value, form)}</strong>{" "}
        <span class="quiet">{numbers.interval(card.value, form)}</span>
      </p>
      <DotInterval
        dots={dots}
        question={question}
        domain={domain}
        alt={say(alone ? "panel.card.dot_alone" : "panel.card.dots", {
          chosen,
          before,
          against: againstName,
        })}
      />
      {!alone && (
        <>
          <p class="answer-card-change">
            <ChangeText difference={card.difference} change={card.change} unit={card.unit} />
          </p>
          <p class="answer-card-against quiet">
            {unbroken(say("panel.card.against", { against: againstName, value: before }))}
          </p>
        </>
      )}
      <HourSpark card={card} ink={ink} alone={alone} />
    </article>
  );
}

function HourSpark({ card, ink, alone }: { card: Card; ink: string; alone: boolean }) {
  const { say, numbers } = useTexts();
  const hours = card.by_hour ?? [];
  const known = hours.filter((value) => value !== null);
  if (known.length < 2 || known.every((value) => value === known[0])) return null;
  const most = Math.max(...known);
  const least = Math.min(...known);
  const form = levelForm(card.unit);
  const alt = say("panel.card.by_hour", {
    what: card.title,
    most: numbers.text(most, form),
    most_hour: numbers.hour(hours.indexOf(most)),
    least: numbers.text(least, form),
    least_hour: numbers.hour(hours.indexOf(least)),
  });
  const lines = [
    ...(alone
      ? []
      : [
          {
            id: "against",
            name: "",
            ink: "var(--alt-today)",
            values: card.against_by_hour ?? [],
            quiet: true,
          },
        ]),
    { id: "chosen", name: "", ink, values: hours },
  ];
  return (
    <div class="answer-card-hours">
      <HourCurve lines={lines} unit={card.unit} alt={alt} small />
      <div class="answer-card-hour-names" aria-hidden="true">
        <span>{numbers.hour(0)}</span>
        <span>{numbers.hour(12)}</span>
        <span>{numbers.hour(24)}</span>
      </div>
    </div>
  );
}
