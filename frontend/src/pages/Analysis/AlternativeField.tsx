// The alternative that is asked about: today, or one that is saved – the server knows no drafts.
import { useTexts } from "../../components/texts.ts";
import { alternatives, TODAY } from "../../state/drafts.ts";
import { ChoiceField } from "./fields.tsx";

/** Id and name of everything that can be asked about. */
export function useAskable(): readonly (readonly [string, string])[] {
  const { local } = useTexts();
  return alternatives.value
    .filter((one) => one.saved || one.id === TODAY)
    .map((one) => [one.id, local(one.title) || one.id]);
}

interface Props {
  readonly value: string;
  readonly onChange: (alternative: string) => void;
}

export function AlternativeField(props: Props) {
  const { say } = useTexts();
  return <ChoiceField label={say("analysis.asked_of")} options={useAskable()} {...props} />;
}
