// The changes of an alternative, one readable line each, with what is wrong and what to do beside it.
import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../Icon/Icon.tsx";
import type { EditLine } from "../shapes.ts";
import { useTexts } from "../texts.ts";

interface Props {
  readonly lines: readonly EditLine[];
  readonly onEdit: (index: number) => void;
  readonly onRemove: (index: number) => void;
  readonly onMove: (from: number, to: number) => void;
}

export function ChangeLines({ lines, onEdit, onRemove, onMove }: Props) {
  const { say, numbers } = useTexts();
  const list = useRef<HTMLOListElement>(null);
  const follow = useFocusAlong(list, lines);
  const move = (from: number, to: number) => {
    follow(to);
    onMove(from, to);
  };
  return (
    <ol class="change-lines" ref={list}>
      {lines.map((line, index) => {
        const number = numbers.whole(index + 1);
        return (
          <li
            key={`${index} ${line.text}`}
            class={line.complaints.length > 0 ? "change-line is-wrong" : "change-line"}
            onKeyDown={(event) => {
              const step = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined;
              const to = index + (step ?? 0);
              if (step === undefined || to < 0 || to >= lines.length) return;
              event.preventDefault();
              move(index, to);
            }}
          >
            <span class="change-line-number" aria-hidden="true">
              {number}
            </span>
            <button type="button" class="change-line-text" onClick={() => onEdit(index)}>
              {line.text}
              <span class="unseen">, {say("panel.changes.edit")}</span>
            </button>
            <span class="change-line-tools">
              <LineButton
                icon="up"
                label={say("panel.changes.up", { number })}
                disabled={index === 0}
                onClick={() => move(index, index - 1)}
              />
              <LineButton
                icon="down"
                label={say("panel.changes.down", { number })}
                disabled={index === lines.length - 1}
                onClick={() => move(index, index + 1)}
              />
              <LineButton
                icon="close"
                label={say("panel.changes.remove", { number })}
                onClick={() => onRemove(index)}
              />
            </span>
            {line.complaints.map((complaint) => (
              <p key={complaint.message} class="change-line-complaint">
                <strong aria-hidden="true">! </strong>
                {complaint.message}
                {complaint.remedy && <em> {complaint.remedy}</em>}
              </p>
            ))}
          </li>
        );
      })}
    </ol>
  );
}

/** Whoever moves a line by keyboard goes on with it: the same button has the focus where the line is now, or the line itself. */
function useFocusAlong(list: { readonly current: HTMLOListElement | null }, lines: readonly EditLine[]) {
  const wanted = useRef<{ readonly to: number; readonly part: string } | null>(null);
  const told = lines.map((line) => line.text).join("\n");
  useLayoutEffect(() => {
    const now = wanted.current;
    wanted.current = null;
    const line = now && list.current?.children[now.to];
    if (!line) return;
    const same = line.querySelector<HTMLButtonElement>(`.${now.part}`);
    (same && !same.disabled ? same : line.querySelector<HTMLElement>(".change-line-text"))?.focus();
  }, [told]);
  return (to: number) => {
    wanted.current = { to, part: document.activeElement?.classList[0] ?? "change-line-text" };
  };
}

interface ButtonProps {
  readonly icon: "up" | "down" | "close";
  readonly label: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

function LineButton({ icon, label, disabled = false, onClick }: ButtonProps) {
  return (
    <button
      type="button"
      class={`change-line-${icon}`}
      aria-label={label}
      title={label}
      {...{ disabled, onClick }}
    >
      <Icon name={icon === "close" ? "close" : "down"} size={14} />
    </button>
  );
}
