// Up to four alternatives beside one another: what each does, all figures in one table, and each one's cards.
import { AnswerCard } from "../../components/AnswerCard/AnswerCard.tsx";
import { AnswerNotice } from "../../components/AnswerNotice/AnswerNotice.tsx";
import { useColumns } from "../../components/ComparePanel/ComparePanel.tsx";
import { CompareTable, type Column } from "../../components/ComparePanel/CompareTable.tsx";
import { GateVerdict } from "../../components/GateVerdict/GateVerdict.tsx";
import { inkOf } from "../../components/ink.ts";
import { useTexts } from "../../components/texts.ts";
import { unbroken } from "../../components/unbroken.ts";
import { answer, askAgain, progress, stale } from "../../state/answers.ts";
import { against, alternatives, compare, compared, TODAY } from "../../state/drafts.ts";
import { linkTo } from "../../state/location.ts";
import "./Compare.css";

const MOST = 4;

export default function Compare() {
  const { say, local } = useTexts();
  const columns = useColumns();
  const other = against.value;
  const againstName = other ? local(other.title) || other.id : "";
  return (
    <main id="content" class="page compare-page">
      <h1>{say("panel.compare.title")}</h1>
      <Chooser />
      {compared.value.length < 2 && <p class="quiet">{say("panel.compare.choose")}</p>}
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
              <One key={column.answer.id} column={column} againstName={againstName} />
            ))}
          </div>
          <CompareTable columns={columns} againstName={againstName} />
          <p class="quiet">{say("panel.gate.board")}</p>
          <p>
            <a class="button" href={linkTo("map")}>
              {say("panel.compare.maps")}
            </a>
          </p>
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

function One({ column, againstName }: { column: Column; againstName: string }) {
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
        />
      ))}
    </section>
  );
}
