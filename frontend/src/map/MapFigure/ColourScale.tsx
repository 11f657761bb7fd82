// Colours in their order, each with what stands at its upper edge.
import "./MapFigure.css";

export interface Step {
  readonly colour: string;
  readonly label: string;
}

export function ColourScale({ steps }: { steps: readonly Step[] }) {
  return (
    <ol class="map-figure-scale">
      {steps.map(({ colour, label }) => (
        <li key={colour}>
          <i style={{ background: colour }} />
          <span>{label}</span>
        </li>
      ))}
    </ol>
  );
}
