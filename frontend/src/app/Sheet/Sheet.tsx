// On a narrow screen: a sheet over the map, at three heights, with a tab for the answer and one for the alternatives.
import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { t } from "../../state/language.ts";
import "./Sheet.css";

const HEIGHTS = ["low", "half", "high"] as const;
type Height = (typeof HEIGHTS)[number];

/** The height after a drag of so many pixels, down being positive. */
export function nextHeight(now: Height, dragged: number): Height {
  const steps = dragged > 40 ? -1 : dragged < -40 ? 1 : 0;
  const index = Math.min(Math.max(HEIGHTS.indexOf(now) + steps, 0), HEIGHTS.length - 1);
  return HEIGHTS[index] ?? now;
}

export interface SheetProps {
  readonly left: ComponentChildren;
  readonly right: ComponentChildren;
  readonly status: ComponentChildren;
}

export function Sheet({ left, right, status }: SheetProps) {
  const [height, setHeight] = useState<Height>("half");
  const [tab, setTab] = useState<"answer" | "alternatives">("answer");
  const begun = useRef<number | null>(null);
  const end = (event: PointerEvent) => {
    if (begun.current !== null) setHeight(nextHeight(height, event.clientY - begun.current));
    begun.current = null;
  };
  const toggle = () => setHeight(height === "high" ? "low" : height === "half" ? "high" : "half");
  return (
    <section class={`sheet ${height}`} aria-label={t("shell.sheet")}>
      <button
        class="sheet-handle"
        aria-label={t(height === "high" ? "shell.sheet_lower" : "shell.sheet_raise")}
        aria-expanded={height !== "low"}
        onPointerDown={(event) => {
          begun.current = event.clientY;
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerUp={end}
        onKeyDown={(event) => {
          if (event.key === "ArrowUp") setHeight(nextHeight(height, -99));
          if (event.key === "ArrowDown") setHeight(nextHeight(height, 99));
        }}
        onDblClick={toggle}
      >
        <span />
      </button>
      <div class="sheet-tabs" role="tablist">
        {(["answer", "alternatives"] as const).map((one) => (
          <button
            key={one}
            role="tab"
            id={`tab-${one}`}
            aria-controls="sheet-body"
            aria-selected={tab === one}
            onClick={() => {
              setTab(one);
              if (height === "low") setHeight("half");
            }}
          >
            {t(`shell.${one}`)}
          </button>
        ))}
      </div>
      <div class="sheet-body" id="sheet-body" role="tabpanel" aria-labelledby={`tab-${tab}`} tabIndex={0}>
        {tab === "answer" ? right : left}
      </div>
      <footer class="sheet-status">{status}</footer>
    </section>
  );
}
