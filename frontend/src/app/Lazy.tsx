// A page whose code is fetched when it is opened.
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../state/language.ts";
import { Notice } from "./Notice/Notice.tsx";

export type Load = () => Promise<{ default: ComponentType }>;

export function Lazy({ load }: { load: Load }) {
  const [Page, setPage] = useState<ComponentType>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    load().then(
      (module) => setPage(() => module.default),
      () => setFailed(true),
    );
  }, [load]);
  if (failed) return <Notice text={t("shell.unreachable_help")} />;
  return Page ? <Page /> : <Notice text={t("shell.loading")} />;
}
