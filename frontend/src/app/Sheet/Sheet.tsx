// On a narrow screen: a sheet over the map, at three heights, with a tab for the answer and one for the alternatives.
import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { t } from "../../state/language.ts";
import "./Sheet.css";

const HEIGHTS = ["low", "half", "high"] as const;
type Height = (typeof HEIGHTS)[number];
const TABS = ["answer", "alternatives"] as const;
type Tab = (typeof TABS)[number];
/** Pixels from which on a finger drags. */
const DRAGGED = 40;

/** The height after a drag of so many pixels, down being positive. */
export function nextHeight(now: Height, dragged: number): Height {
  const steps = dragged > DRAGGED ? -1 : dragged < -DRAGGED ? 1 : 0;
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
  const [tab, setTab] = useState<Tab>("answer");
  const begun = useRef<number | null>(null);
  const dragged = useRef(false); // the click that ends a drag is no press
  const tabs = useRef<HTMLDivElement>(null);
  const end = (event: PointerEvent) => {
    const next = begun.current === null ? height : nextHeight(height, event.clientY - begun.current);
    dragged.current = begun.current !== null && Math.abs(event.clientY - begun.current) > DRAGGED;
    setHeight(next);
    begun.current = null;
  };
  const goTo = (one: Tab) => {
    setTab(one);
    tabs.current?.querySelector<HTMLElement>(`#tab-${one}`)?.focus();
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
        onPointerCancel={() => (begun.current = null)}
        onKeyDown={(event) => {
          const way = { ArrowUp: -1, ArrowDown: 1 }[event.key];
          if (way === undefined) return;
          event.preventDefault();
          setHeight(nextHeight(height, way * 2 * DRAGGED));
        }}
        onClick={() => {
          if (!dragged.current) toggle();
          dragged.current = false;
        }}
      >
        <span />
      </button>
      <div
        class="sheet-tabs"
        role="tablist"
        aria-label={t("shell.sheet")}
        ref={tabs}
        onKeyDown={(event) => {
          if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
          event.preventDefault();
          goTo(tab === "answer" ? "alternatives" : "answer");
        }}
      >
        {TABS.map((one) => (
          <button
            key={one}
            role="tab"
            id={`tab-${one}`}
            aria-controls="sheet-body"
            aria-selected={tab === one}
            tabIndex={tab === one ? 0 : -1}
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
