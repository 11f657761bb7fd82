// Up to four alternatives beside one another: what each does, all figures in one table, and each one's cards.
import { AnswerCard } from "../../components/AnswerCard/AnswerCard.tsx";
import { AnswerNotice } from "../../components/AnswerNotice/AnswerNotice.tsx";
import { useColumns } from "../../components/ComparePanel/ComparePanel.tsx";
import { CompareTable, type Column } from "../../components/ComparePanel/CompareTable.tsx";
import { domainOf, type Domain } from "../../components/DotInterval/scale.ts";
import { GateVerdict } from "../../components/GateVerdict/GateVerdict.tsx";
import { inkOf } from "../../components/ink.ts";
import { useTexts } from "../../components/texts.ts";
import { unbroken } from "../../components/unbroken.ts";
import { answer, askAgain, progress, stale } from "../../state/answers.ts";
import { against, alternatives, compare, compared, TODAY } from "../../state/drafts.ts";
import { linkTo } from "../../state/location.ts";
import { RunTable } from "./RunTable.tsx";
import "./Compare.css";

const MOST = 4;

export default function Compare() {
  const { say, local, numbers } = useTexts();
  const columns = useColumns();
  const other = against.value;
  const domains = sharedDomains(columns);
  const againstName = other ? local(other.title) || other.id : "";
  return (
    <main id="content" class="page compare-page">
      <h1>{say("panel.compare.title")}</h1>
      <Chooser />
      {compared.value.length < 2 && <p class="quiet">{say("panel.compare.choose")}</p>}
      {compared.value.length >= MOST && (
        <p class="quiet">{say("panel.alternatives.most", { most: numbers.whole(MOST) })}</p>
      )}
      {compared.value.length > 0 && (
        <AnswerNotice
          progress={progress.value}
          isStale={stale.value}
          hasAnswer={columns.length > 0}
          onAgain={askAgain}
        />
      )}
      {columns.length > 0 && (
        <>
          <div class="compare-columns">
            {columns.map((column) => (
              <One key={column.answer.id} column={column} againstName={againstName} domains={domains} />
            ))}
          </div>
          <CompareTable columns={columns} againstName={againstName} />
          <p class="quiet">{say("panel.gate.board")}</p>
          <p>
            <a class="button" href={linkTo("map")}>
              {say("panel.compare.maps")}
            </a>
          </p>
          <RunTable />
        </>
      )}
    </main>
  );
}

function Chooser() {
  const { say, local } = useTexts();
  const ids = compared.value.map((one) => one.id);
  return (
    <fieldset class="compare-chooser">
      <legend class="unseen">{say("panel.alternatives.title")}</legend>
      {alternatives.value
        .filter((one) => one.id !== TODAY)
        .map((one) => (
          <label key={one.id}>
            <input
              type="checkbox"
              checked={ids.includes(one.id)}
              disabled={!ids.includes(one.id) && ids.length >= MOST}
              onChange={(event) =>
                compare(event.currentTarget.checked ? [...ids, one.id] : ids.filter((id) => id !== one.id))
              }
            />
            <i style={{ background: inkOf(one.colour) }} aria-hidden="true" />
            {local(one.title) || one.id}
          </label>
        ))}
    </fieldset>
  );
}

type Domains = Readonly<Record<string, Domain>>;

/** One scale for each figure over all alternatives, so that cards side by side can be compared by eye. */
function sharedDomains(columns: readonly Column[]): Domains {
  const cards = columns.flatMap((column) => column.answer.cards);
  const ids = [...new Set(cards.map((card) => card.id))];
  const estimates = (id: string) =>
    cards.filter((card) => card.id === id).flatMap((card) => [card.value, card.against]);
  return Object.fromEntries(ids.map((id) => [id, domainOf(estimates(id))]));
}

interface OneProps {
  readonly column: Column;
  readonly againstName: string;
  readonly domains: Domains;
}

function One({ column, againstName, domains }: OneProps) {
  const { answer: one, name, ink } = column;
  const now = answer.value;
  return (
    <section class="compare-one" style={{ borderColor: ink }} aria-label={name}>
      <h2>{name}</h2>
      <p>{unbroken(one.sentence)}</p>
      {one.gate && <GateVerdict gate={one.gate} />}
      {one.cards.slice(0, MOST).map((card) => (
        <AnswerCard
          key={card.id}
          card={card}
          ink={ink}
          againstName={againstName}
          seed={String(now?.seed ?? "–")}
          fingerprint={now?.fingerprint ?? ""}
          question={one.id}
          domain={domains[card.id]}
        />
      ))}
    </section>
  );
}
