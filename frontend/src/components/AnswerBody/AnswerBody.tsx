// The answer about one alternative, as deep as one likes to read: sentence, gate, cards, for whom, charts.
import type { ComponentChildren } from "preact";
import { AnswerCard } from "../AnswerCard/AnswerCard.tsx";
import { FlowMatrix } from "../FlowMatrix/FlowMatrix.tsx";
import { GateVerdict } from "../GateVerdict/GateVerdict.tsx";
import { HourSection } from "../HourCurve/HourSection.tsx";
import { PlaceTable } from "../PlaceTable/PlaceTable.tsx";
import { Section } from "../Section/Section.tsx";
import type { AlternativeAnswer } from "../shapes.ts";
import { useTexts } from "../texts.ts";
import { UnitBars } from "../UnitBars/UnitBars.tsx";
import { unbroken } from "../unbroken.ts";
import "./AnswerBody.css";

export interface Depth {
  readonly seed: string;
  readonly fingerprint: string;
}

/** Names of what the answer tells by ids. */
export interface Names {
  readonly station: (id: string) => string;
  readonly place: (id: string) => string;
  readonly group: (id: string) => string;
}

interface Props {
  readonly answer: AlternativeAnswer;
  readonly ink: string;
  readonly name: string;
  readonly againstName: string;
  /** The alternative is what others are held against: there is nothing to compare. */
  readonly alone: boolean;
  readonly depth: Depth;
  /** What is asked, so that scales stay while replications arrive. */
  readonly question: string;
  readonly chosenPlace: string | null;
  readonly onPlace: (id: string) => void;
  readonly names: Names;
  /** Simultaneity, which is asked for by itself. */
  readonly calendar?: ComponentChildren;
}

const CARDS = 4;
/** Letters of a fingerprint that are told where it only stands beside; the help tells all. */
const SHORT = 12;

export function AnswerBody(props: Props) {
  const { answer, ink, againstName, alone, depth, question } = props;
  const { say } = useTexts();
  const card = (one: AlternativeAnswer["cards"][number]) => (
    <AnswerCard key={one.id} card={one} {...{ ink, againstName, alone, question }} {...depth} />
  );
  const more = answer.cards.slice(CARDS);
  return (
    <>
      <p class="answer-sentence">{unbroken(answer.sentence)}</p>
      {answer.sentences.slice(1).map((one) => (
        <p key={one}>{unbroken(one)}</p>
      ))}
      {answer.gate && <GateVerdict gate={answer.gate} />}
      {answer.cards[0] && (
        <p class="answer-whom quiet">
          {say("panel.whom", { group: props.names.group(answer.cards[0].group) })}
        </p>
      )}
      <div class="answer-cards">{answer.cards.slice(0, CARDS).map(card)}</div>
      {more.length > 0 && (
        <details class="answer-more">
          <summary>{say("panel.more_cards")}</summary>
          <div class="answer-cards">{more.map(card)}</div>
        </details>
      )}
      {answer.places.length > 0 && (
        <Section
          title={say("panel.places.title")}
          lead={say(alone ? "panel.places.lead_alone" : "panel.places.lead")}
        >
          <PlaceTable
            places={answer.places}
            alone={alone}
            chosen={props.chosenPlace}
            onChoose={props.onPlace}
          />
        </Section>
      )}
      <HourSection curves={answer.hours} {...{ ink, againstName, alone }} name={props.name} />
      {props.calendar}
      {answer.flows.length > 0 && (
        <Section
          title={say("panel.flows.title")}
          lead={say(alone ? "panel.flows.lead_alone" : "panel.flows.lead")}
        >
          <FlowMatrix flows={answer.flows} alone={alone} nameOf={props.names.place} />
        </Section>
      )}
      {answer.units.length > 0 && (
        <Section title={say("panel.units.title")} lead={say("panel.units.lead")}>
          <UnitBars units={answer.units} ink={ink} alone={alone} stationName={props.names.station} />
        </Section>
      )}
      <p class="answer-foot quiet">{say("panel.foot", { fingerprint: depth.fingerprint.slice(0, SHORT) })}</p>
    </>
  );
}
