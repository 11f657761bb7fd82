// The workbook of a workshop: taken along empty or filled in, and brought back.
import { useRef, useState } from "preact/hooks";
import { asProblem } from "../../../api/problem.ts";
import { riskClient, workbookLink, type Same } from "../../../api/risk.ts";
import type { Problem } from "../../../api/types.ts";
import { useTexts } from "../../../components/texts.ts";
import { language } from "../../../state/language.ts";
import { loadPicture } from "../../../state/risk.ts";
import "./Workbook.css";

interface Props {
  readonly study: string;
  readonly mayBring: boolean;
  readonly hasAnswers: boolean;
}

const LARGEST = 5_000_000;
const CONFLICT = 409;

export function Workbook({ study, mayBring, hasAnswers }: Props) {
  const { say } = useTexts();
  const field = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [said, setSaid] = useState("");
  const bring = async (book: File, same: Same) => {
    setProblem(null);
    setSaid("");
    setFile(book);
    if (book.size > LARGEST) {
      setProblem({ title: "risk.too_large_title", detail: "risk.too_large" });
      return;
    }
    try {
      const found = await riskClient.bringIn(study, book, same);
      setSaid(
        [
          say("risk.brought", {
            answers: found.answers,
            assessors: found.assessors,
            changed: found.changed,
          }),
          ...found.warnings,
        ].join(" "),
      );
      setFile(null);
      await loadPicture(study);
    } catch (error) {
      setProblem(asProblem(error));
    }
    if (field.current) field.current.value = "";
  };
  return (
    <details class="risk-book">
      <summary class="button">{say("risk.workbook")}</summary>
      <div class="risk-book-sheet">
        <p class="quiet">{say("risk.workbook_help")}</p>
        <p>
          <a href={workbookLink(study, language.value, false)} download>
            {say("risk.workbook_empty")}
          </a>
        </p>
        {mayBring && hasAnswers && (
          <p>
            <a href={workbookLink(study, language.value, true)} download>
              {say("risk.workbook_filled")}
            </a>
          </p>
        )}
        {mayBring && (
          <label class="risk-book-file">
            <span>{say("risk.workbook_bring")}</span>
            <input
              ref={field}
              type="file"
              accept=".xlsx"
              onChange={(event) => {
                const book = event.currentTarget.files?.[0];
                if (book) void bring(book, "refuse");
              }}
            />
          </label>
        )}
        <p role="status">{said}</p>
        {problem && (
          <div class="risk-wrong" role="alert">
            <strong>{say(problem.title)}</strong>
            <p>{say(problem.detail)}</p>
            <ul>
              {problem.issues?.map((issue) => (
                <li key={`${issue.row ?? ""} ${issue.field} ${issue.message}`}>
                  {[issue.file, issue.row, issue.field].filter(Boolean).join(", ")}: {issue.message}{" "}
                  {issue.remedy}
                </li>
              ))}
            </ul>
            {problem.status === CONFLICT && file && (
              <p class="risk-row">
                <button type="button" class="button" onClick={() => void bring(file, "renumber")}>
                  {say("risk.same_renumber")}
                </button>
                <button type="button" class="button" onClick={() => void bring(file, "replace")}>
                  {say("risk.same_replace")}
                </button>
              </p>
            )}
          </div>
        )}
      </div>
    </details>
  );
}
