// Filter a long table and take it along as CSV. The page is whole without this.
(() => {
  const words = JSON.parse(document.body.dataset.words);
  const FEWEST = 8;
  const csv = (table) => {
    const quoted = (text) => (/[";\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const line = (row) => [...row.cells].map((cell) => quoted(cell.textContent.trim())).join(";");
    return [...table.rows].filter((row) => !row.hidden).map(line).join("\r\n");
  };
  const put = async (text) => {
    if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
    // A page opened from a stick is not a secure context: copy by way of a selected field.
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (!done) throw new Error("not copied");
  };
  document.querySelectorAll("figure.table").forEach((figure) => {
    const table = figure.querySelector("table");
    const rows = [...table.tBodies[0].rows];
    const name = table.closest(".scroll").getAttribute("aria-label");
    const bar = document.createElement("div");
    bar.className = "tools";
    const said = document.createElement("output");
    if (rows.length >= FEWEST && !table.querySelector("tr.group")) {
      const label = document.createElement("label");
      const field = document.createElement("input");
      field.type = "search";
      label.append(words.filter, " ", field);
      field.setAttribute("aria-label", `${words.filter} ${name}`);
      field.addEventListener("input", () => {
        const wanted = field.value.trim().toLocaleLowerCase();
        let shown = 0;
        for (const row of rows) {
          row.hidden = wanted !== "" && !row.textContent.toLocaleLowerCase().includes(wanted);
          shown += row.hidden ? 0 : 1;
        }
        said.textContent = wanted ? words.shown.replace("{shown}", shown).replace("{all}", rows.length) : "";
      });
      bar.append(label);
    }
    const copy = document.createElement("button");
    copy.type = "button";
    copy.textContent = words.copy;
    copy.setAttribute("aria-label", `${words.copy} ${name}`);
    copy.addEventListener("click", () => {
      put(csv(table)).then(
        () => (said.textContent = words.copied),
        () => (said.textContent = words.not_copied),
      );
    });
    bar.append(copy, said);
    table.closest(".scroll").before(bar);
  });
})();
