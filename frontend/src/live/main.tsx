import "../theme/fonts.css";
import "../theme/colours.css";
import "../theme/base.css";
import { render } from "preact";
import { LivePage } from "./LivePage.tsx";
import { startLive } from "./start.ts";

startLive();
const place = document.getElementById("live");
if (place) render(<LivePage />, place);
