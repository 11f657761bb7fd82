// Who answers: oneself from one's account, or, for whoever fills in for several, somebody by role and name.
import { useState } from "preact/hooks";
import { asProblem } from "../../../api/problem.ts";
import { riskClient, type Assessor, type RiskForm } from "../../../api/risk.ts";
import type { Problem } from "../../../api/types.ts";
import { useTexts } from "../../../components/texts.ts";
import { chooseAssessor, loadPicture } from "../../../state/risk.ts";
import "./WhoBar.css";

interface Props {
  readonly form: RiskForm;
  readonly study: string;
  readonly assessors: readonly Assessor[];
  readonly chosen: Assessor | undefined;
  /** Name of the caller's account; empty at one's own machine. */
  readonly account: string;
}

export function useAssessorName(form: RiskForm): (one: Assessor) => string {
  const { say, local } = useTexts();
  return ({ role, number, name }) => {
    const roleName = local(form.roles.find((other) => other.id === role)?.name) || role;
    return name
      ? say("risk.assessor_named", { name, role: roleName, number })
      : say("risk.assessor", { role: roleName, number });
  };
}

export function WhoBar({ form, study, assessors, chosen, account }: Props) {
  const { say } = useTexts();
  const nameOf = useAssessorName(form);
  const isAlone = account !== "" && !assessors.some((one) => one.is_own);
  const [isJoining, setJoining] = useState(false);
  if (isJoining || assessors.length === 0 || (isAlone && !chosen))
    return (
      <Join
        form={form}
        study={study}
        account={account}
        canChooseOwn={isAlone}
        onDone={() => setJoining(false)}
        {...(assessors.length > 0 ? { onCancel: () => setJoining(false) } : {})}
      />
    );
  return (
    <div class="risk-who">
      <label>
        <span>{say("risk.who")}</span>
        <select
          class="field"
          value={chosen ? `${chosen.role} ${chosen.number}` : ""}
          onChange={(event) => {
            const [role = "", number = ""] = event.currentTarget.value.split(" ");
            chooseAssessor({ role, number: Number(number) });
          }}
        >
          {!chosen && <option value="">{say("risk.choose_who")}</option>}
          {assessors.map((one) => (
            <option key={`${one.role} ${one.number}`} value={`${one.role} ${one.number}`}>
              {nameOf(one)}
            </option>
          ))}
        </select>
      </label>
      <button type="button" class="button" onClick={() => setJoining(true)}>
        {say("risk.add_who")}
      </button>
    </div>
  );
}

interface JoinProps {
  readonly form: RiskForm;
  readonly study: string;
  readonly account: string;
  /** Whether the caller's own account may still take part. */
  readonly canChooseOwn: boolean;
  readonly onDone: () => void;
  readonly onCancel?: () => void;
}

function Join({ form, study, account, canChooseOwn, onDone, onCancel }: JoinProps) {
  const { say, local } = useTexts();
  const [role, setRole] = useState(form.roles[0]?.id ?? "");
  const [name, setName] = useState("");
  const [isOwn, setOwn] = useState(canChooseOwn);
  const [problem, setProblem] = useState<Problem | null>(null);
  const join = async () => {
    try {
      const made = await riskClient.join(study, role, isOwn ? "" : name.trim(), isOwn);
      chooseAssessor(made);
      await loadPicture(study);
      onDone();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <form
      class="risk-who"
      aria-label={say("risk.join_title")}
      onSubmit={(event) => {
        event.preventDefault();
        void join();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel?.();
      }}
    >
      <label>
        <span>{say("risk.role")}</span>
        <select class="field" value={role} onChange={(event) => setRole(event.currentTarget.value)}>
          {form.roles.map((one) => (
            <option key={one.id} value={one.id}>
              {local(one.name)}
            </option>
          ))}
        </select>
      </label>
      {canChooseOwn && (
        <label>
          <span>{say("risk.as")}</span>
          <select
            class="field"
            value={isOwn ? "own" : "other"}
            onChange={(event) => setOwn(event.currentTarget.value === "own")}
          >
            <option value="own">{say("risk.as_self", { account })}</option>
            <option value="other">{say("risk.as_other")}</option>
          </select>
        </label>
      )}
      {!isOwn && (
        <label>
          <span>{say("risk.name")}</span>
          <input
            class="field"
            value={name}
            maxLength={form.longest_name}
            aria-describedby="risk-name-help"
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
      )}
      <button type="submit" class="button primary">
        {say("risk.join")}
      </button>
      {onCancel && (
        <button type="button" class="button plain" onClick={onCancel}>
          {say("panel.cancel")}
        </button>
      )}
      <p class="quiet risk-who-help" id="risk-name-help">
        {say(isOwn ? "risk.own_help" : "risk.name_help")}
      </p>
      {problem && (
        <p class="risk-wrong" role="alert">
          {say(problem.title)}: {say(problem.detail)}
        </p>
      )}
    </form>
  );
}
