// Look into a map: nearer by button, wheel or key, drag it about, and ask any square for its figure. Without this the
// map is a picture, and says what it shows in its caption and its text for those who cannot see it.
(() => {
  const words = JSON.parse(document.body.dataset.words);
  const NEAREST = 12;
  document.querySelectorAll("figure.drawing.map").forEach((figure) => {
    const frame = figure.querySelector(".scroll");
    const svg = frame.querySelector("svg");
    const whole = svg.viewBox.baseVal;
    const full = { x: whole.x, y: whole.y, w: whole.width, h: whole.height };
    let view = { ...full };
    const source = figure.querySelector("script.map-values");
    const values = source ? JSON.parse(source.textContent) : null;
    const said = document.createElement("output");
    const bar = document.createElement("div");
    bar.className = "tools";

    const show = () => svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.w} ${view.h}`);
    const clamp = (value, least, most) => Math.min(Math.max(value, least), most);
    const look = (x, y, width) => {
      const w = clamp(width, full.w / NEAREST, full.w);
      const h = (w * full.h) / full.w;
      view = { w, h, x: clamp(x, full.x, full.x + full.w - w), y: clamp(y, full.y, full.y + full.h - h) };
      frame.classList.toggle("near", w < full.w);
      show();
    };
    const zoom = (factor, at) => {
      const w = clamp(view.w / factor, full.w / NEAREST, full.w);
      const share = w / view.w;
      look(at.x - (at.x - view.x) * share, at.y - (at.y - view.y) * share, w);
    };
    const middle = () => ({ x: view.x + view.w / 2, y: view.y + view.h / 2 });
    const place = (event) => {
      const box = svg.getBoundingClientRect();
      const scale = view.w / box.width;
      return { x: view.x + (event.clientX - box.left) * scale, y: view.y + (event.clientY - box.top) * scale };
    };

    // ---- what a square says
    const ring = document.createElementNS(svg.namespaceURI, "rect");
    ring.setAttribute("class", "ring");
    let chosen = null;
    const tell = (found) => {
      chosen = found;
      if (!found) {
        ring.remove();
        said.textContent = "";
        return;
      }
      const { x, y, w, h, panel, cell } = found;
      for (const [name, value] of Object.entries({ x, y, width: w, height: h })) ring.setAttribute(name, value);
      svg.append(ring);
      const text = panel.values[cell] || words.no_value;
      said.textContent = [panel.title, values.places[values.cells[cell][4]], text].filter(Boolean).join(" · ");
    };
    const squares = [];
    for (const panel of values ? values.panels : []) {
      const [left, top, width, height] = panel.box;
      values.cells.forEach(([x, y, w, h], cell) => {
        squares.push({ x: left + x * width, y: top + y * height, w: w * width, h: h * height, panel, cell });
      });
    }
    const under = (at) => squares.find((s) => at.x >= s.x && at.x < s.x + s.w && at.y >= s.y && at.y < s.y + s.h);
    // The next square on the way an arrow points: near ahead counts most, astray counts against.
    const next = (dx, dy) => {
      const from = chosen ? { x: chosen.x + chosen.w / 2, y: chosen.y + chosen.h / 2 } : middle();
      let best = null;
      let least = Infinity;
      for (const s of squares) {
        const [x, y] = [s.x + s.w / 2 - from.x, s.y + s.h / 2 - from.y];
        const ahead = x * dx + y * dy;
        const astray = Math.abs(x * dy) + Math.abs(y * dx);
        if (s === chosen || (chosen && ahead <= 0.01)) continue;
        const cost = chosen ? ahead + 3 * astray : Math.hypot(x, y);
        if (cost < least) [best, least] = [s, cost];
      }
      return best || chosen;
    };
    const follow = () => {
      if (!chosen || view.w >= full.w) return;
      const [x, y] = [chosen.x + chosen.w / 2, chosen.y + chosen.h / 2];
      if (x < view.x || x > view.x + view.w || y < view.y || y > view.y + view.h)
        look(x - view.w / 2, y - view.h / 2, view.w);
    };

    // ---- buttons, keys, pointer
    const button = (text, name, act) => {
      const one = document.createElement("button");
      one.type = "button";
      one.textContent = text;
      one.setAttribute("aria-label", name);
      one.addEventListener("click", act);
      bar.append(one);
    };
    button("+", words.nearer, () => zoom(1.6, middle()));
    button("−", words.farther, () => zoom(1 / 1.6, middle()));
    button(words.whole, words.whole, () => look(full.x, full.y, full.w));
    bar.append(said);
    frame.before(bar);
    frame.setAttribute("role", "group");
    frame.setAttribute("aria-roledescription", words.map);
    frame.title = values ? words.map_help : words.map_help_plain;
    const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    frame.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const at = chosen ? { x: chosen.x, y: chosen.y } : middle();
      if (event.key === "+") zoom(1.6, at);
      else if (event.key === "-") zoom(1 / 1.6, at);
      else if (event.key === "0") look(full.x, full.y, full.w);
      else if (event.key === "Escape") tell(null);
      else if (event.key in arrows && squares.length) {
        tell(next(...arrows[event.key]));
        follow();
      } else if (event.key in arrows && view.w < full.w) {
        const [dx, dy] = arrows[event.key];
        look(view.x + (dx * view.w) / 8, view.y + (dy * view.h) / 8, view.w);
      } else return;
      event.preventDefault();
    });
    frame.addEventListener(
      "wheel",
      (event) => {
        // A wheel alone scrolls the page; with Ctrl, or once one has come nearer, it is the map's.
        if (!event.ctrlKey && view.w >= full.w) return;
        event.preventDefault();
        zoom(event.deltaY < 0 ? 1.25 : 0.8, place(event));
      },
      { passive: false },
    );
    let held = null;
    frame.addEventListener("pointerdown", (event) => {
      if (event.button === 0 && view.w < full.w) held = { x: event.clientX, y: event.clientY, from: { ...view } };
    });
    addEventListener("pointerup", () => (held = null));
    frame.addEventListener("pointermove", (event) => {
      if (held) {
        const scale = view.w / svg.getBoundingClientRect().width;
        look(held.from.x - (event.clientX - held.x) * scale, held.from.y - (event.clientY - held.y) * scale, view.w);
      } else if (squares.length) {
        const found = under(place(event));
        if (found !== chosen) tell(found || null);
      }
    });
    frame.addEventListener("pointerleave", () => document.activeElement === frame || tell(null));
    addEventListener("beforeprint", () => look(full.x, full.y, full.w));
  });
})();
