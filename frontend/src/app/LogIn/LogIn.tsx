// Whoever is not logged in any more is told so and offered the way back, to this very view. What is not saved stays here.
import { address } from "../../state/location.ts";
import { t } from "../../state/language.ts";
import { loggedOut, loginLink } from "../../state/session.ts";
import "./LogIn.css";

export function LogIn() {
  const { pathname, search } = address.value; // the link follows the view
  if (!loggedOut.value) return null;
  return (
    <div class="log-in" role="alert">
      <p>{t("shell.logged_out")}</p>
      <a class="button" href={loginLink({ pathname, search })}>
        {t("shell.log_in")}
      </a>
    </div>
  );
}
