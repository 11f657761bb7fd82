import "./theme/fonts.css";
import "./theme/colours.css";
import "./theme/base.css";
import { render } from "preact";
import { App } from "./app/App.tsx";
import { start } from "./app/start.ts";

start();
const place = document.getElementById("studio");
if (place) render(<App />, place);
