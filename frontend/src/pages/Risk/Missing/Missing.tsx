// What is still missing: by area and alternative, and by assessor. Counts of answers; what anybody answered is not told.
import type { RiskForm, RiskPicture } from "../../../api/risk.ts";
import { useTexts } from "../../../components/texts.ts";
import { filledIn, type Filled } from "../derive.ts";
import { useAssessorName } from "../WhoBar/WhoBar.tsx";
import "./Missing.css";

export function Missing({ form, picture }: { form: RiskForm; picture: RiskPicture }) {
  const { say, local } = useTexts();
  const nameOf = useAssessorName(form);
  return (
    <section class="risk-missing" aria-labelledby="risk-missing">
      <h2 id="risk-missing">{say("risk.missing")}</h2>
      <p class="quiet">{say("risk.missing_help")}</p>
      <div class="risk-scroll" tabIndex={0} role="region" aria-labelledby="risk-missing">
        <table>
          <thead>
            <tr>
              <th scope="col">{say("risk.area")}</th>
              {form.alternatives.map((one) => (
                <th key={one.id} scope="col" title={local(one.name)}>
                  {one.id}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {form.areas.map((area) => (
              <tr key={area.id}>
                <th scope="row">{local(area.name)}</th>
                {form.alternatives.map((one) => (
                  <td key={one.id}>
                    <Bar filled={filledIn(form, picture, area.id, one.id)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {picture.assessors.length > 0 && (
        <ul class="risk-people">
          {picture.assessors.map((one) => (
            <li key={`${one.role} ${one.number}`}>
              <span>{nameOf(one)}</span>
              <Bar filled={{ given: one.answered, asked: one.asked }} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Bar({ filled }: { filled: Filled }) {
  const { say } = useTexts();
  const share = filled.asked === 0 ? 0 : Math.min(1, filled.given / filled.asked);
  return (
    <span class="risk-bar">
      <span aria-hidden="true">
        <i style={{ transform: `scaleX(${share})` }} />
      </span>
      {say("risk.of", { given: filled.given, asked: filled.asked })}
    </span>
  );
}
