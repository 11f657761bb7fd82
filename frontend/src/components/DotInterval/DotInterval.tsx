/** Figures as dots on one line, each with its interval as a bar: who overlaps whom is seen before it is read. */
import { useRef } from "preact/hooks";
import type { Estimate } from "../shapes.ts";
import { domainOf, placeOn, widened, type Domain } from "./scale.ts";
import "./DotInterval.css";

export interface Dot {
  id: string;
  estimate: Estimate;
  /** A CSS colour. */
  ink: string;
  /** Drawn as a ring: what the others are measured against. */
  hollow?: boolean;
}

interface Props {
  dots: readonly Dot[];
  /** What the picture says, in words. */
  alt: string;
  /** Figures at which a thin line stands, such as zero. */
  zero?: number;
  /** A margin that must not be passed: a dashed line. */
  edge?: number | null;
  /** While this stays the same, the scale only widens. */
  question?: string;
  /** One scale for several rows, where they are compared. */
  domain?: Domain | undefined;
}

const ROW = 14;
const RADIUS = 4;
const BAR = 3;

export function DotInterval({ dots, alt, zero, edge, question = "", domain }: Props) {
  const shown = useRef<{ question: string; domain: Domain } | null>(null);
  const included = [zero, edge].filter((one): one is number => typeof one === "number");
  const asked =
    domain ??
    domainOf(
      dots.map((dot) => dot.estimate),
      included,
    );
  const before = shown.current?.question === question ? shown.current.domain : null;
  const used = domain ?? widened(before, asked);
  shown.current = { question, domain: used };

  const place = (value: number) => `${placeOn(used, 100)(value)}%`;
  const height = ROW * dots.length;
  return (
    <svg class="dot-interval" height={height} role="img" aria-label={alt}>
      {zero !== undefined && (
        <line class="dot-interval-zero" x1={place(zero)} x2={place(zero)} y1={0} y2={height} />
      )}
      {typeof edge === "number" && (
        <line class="dot-interval-edge" x1={place(edge)} x2={place(edge)} y1={0} y2={height} />
      )}
      {dots.map((dot, row) => (
        <DotRow key={dot.id} dot={dot} y={ROW * (row + 0.5)} place={place} />
      ))}
    </svg>
  );
}

function DotRow({ dot, y, place }: { dot: Dot; y: number; place: (value: number) => string }) {
  const { value, low, high } = dot.estimate;
  if (value === null || !Number.isFinite(value)) return null;
  const hasInterval = low !== null && high !== null;
  return (
    <g style={{ color: dot.ink }}>
      <line class="dot-interval-track" x1={0} x2="100%" y1={y} y2={y} />
      {hasInterval && (
        <rect
          class="dot-interval-bar"
          x={place(low)}
          width={`${Math.max(0, parseFloat(place(high)) - parseFloat(place(low)))}%`}
          y={y - BAR / 2}
          height={BAR}
          rx={BAR / 2}
        />
      )}
      <circle
        class={dot.hollow ? "dot-interval-ring" : "dot-interval-dot"}
        cx={place(value)}
        cy={y}
        r={RADIUS}
      />
    </g>
  );
}
