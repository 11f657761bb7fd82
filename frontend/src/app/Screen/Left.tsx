// Alternatives and the changes of the chosen one, fed from the state.
import { service } from "../../state/service.ts";

export function Left() {
  return (
    <ol>
      {service.value?.lines.map((line, index) => (
        <li key={index}>{line.text}</li>
      ))}
    </ol>
  );
}
