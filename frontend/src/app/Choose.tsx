// No study is named: the only one is opened, of several one is chosen.
import { useEffect } from "preact/hooks";
import { say, t } from "../state/language.ts";
import { go } from "../state/location.ts";
import { shown } from "../state/remote.ts";
import { studies } from "../state/study.ts";
import { Notice } from "./Notice/Notice.tsx";

export function Choose() {
  const found = shown(studies.value);
  const only = found?.length === 1 ? found[0] : undefined;
  useEffect(() => {
    if (only) go(`/s/${encodeURIComponent(only.id)}`, true);
  }, [only]);
  if (!found || only) return <Notice remote={studies.value} loading={t("shell.loading")} />;
  return (
    <main id="content" class="page">
      <h1>{t("shell.studies")}</h1>
      <ul>
        {found.map((one) => (
          <li key={one.id}>
            <a href={`/s/${encodeURIComponent(one.id)}`}>{say(one.title)}</a>{" "}
            <span class="quiet">
              {one.year} · {one.folder}
            </span>
          </li>
        ))}
      </ul>
    </main>
  );
}
