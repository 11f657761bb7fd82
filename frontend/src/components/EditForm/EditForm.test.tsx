import { render, screen } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { picking } from "../../state/picking.ts";
import { ADD_ROSTER, ADD_UNIT, OPEN_STATION, SET_BORDER } from "../sample.ts";
import { EditForm } from "./EditForm.tsx";

const options = [
  { id: "vv", name: "Vestre Viken" },
  { id: "ous", name: "OUS" },
];

function show(kind = OPEN_STATION, edit?: { edit: string } & Record<string, unknown>) {
  const onDone = vi.fn();
  render(
    <EditForm
      kind={kind}
      edit={edit}
      optionsFor={(field) => (field.refers_to.length > 0 ? options : null)}
      suggestId={(draft) => String(draft["name"] ?? "").toLowerCase()}
      onDone={onDone}
      onCancel={vi.fn()}
    />,
  );
  return onDone;
}

afterEach(() => {
  picking.value = null;
});

describe("the form of an edit", () => {
  it("makes an edit by typing and choosing, with an id of its own", async () => {
    const onDone = show();
    const user = userEvent.setup();
    await user.type(screen.getByLabelText(/^name/), "bekkestua");
    await user.type(screen.getByLabelText(/^lat/), "59,92");
    await user.type(screen.getByLabelText(/^lon/), "10.58");
    await user.selectOptions(screen.getByLabelText(/^organisation/), "vv");
    await user.click(screen.getByText("forms.add"));
    expect(onDone).toHaveBeenCalledWith([
      {
        edit: "open_station",
        id: "bekkestua",
        name: "bekkestua",
        lat: 59.92,
        lon: 10.58,
        organisation: "vv",
      },
    ]);
  });

  it("tells what is missing beside the field, and makes nothing", async () => {
    const onDone = show();
    await userEvent.click(screen.getByText("forms.add"));
    expect(onDone).not.toHaveBeenCalled();
    expect(screen.getAllByRole("alert").length).toBeGreaterThan(2);
  });

  it("takes a place that is picked on the map", async () => {
    show();
    await userEvent.click(screen.getByText("forms.pick"));
    picking.value?.({ lat: 59.9, lon: 10.5 });
    expect(await screen.findByDisplayValue("59.90000")).toBeTruthy();
    expect(picking.value).toBeNull();
  });

  it("does not ask for what has no effect", async () => {
    show(SET_BORDER);
    expect(screen.queryByLabelText(/^margin_s/)).toBeTruthy();
    await userEvent.selectOptions(screen.getByLabelText(/^policy/), "own_only");
    expect(screen.queryByLabelText(/^margin_s/)).toBeNull();
  });

  it("makes a roster of hours that no roster has, and gives it to the unit", async () => {
    const onDone = show(ADD_UNIT);
    const user = userEvent.setup();
    await user.selectOptions(screen.getByLabelText(/^station/), "vv");
    screen.getAllByRole("gridcell", { name: "panel.week.hour" })[8]?.focus();
    await user.keyboard(" {Shift>}{ArrowRight}{ArrowRight}{/Shift}");
    await user.click(screen.getByText("forms.more"));
    await user.type(screen.getByLabelText(/^id/), "vv-1");
    await user.click(screen.getByText("forms.add"));
    const roster = { edit: "add_roster", id: "mon-08-11", shifts: ["mon 08:00-11:00"] };
    const unit = { edit: "add_unit", id: "vv-1", station: "vv", roster: roster.id };
    expect(onDone).toHaveBeenCalledWith([roster, unit]);
  });

  it("paints the shifts of a roster, or takes them as they are typed", async () => {
    const onDone = show(ADD_ROSTER, { edit: "add_roster", id: "day", shifts: ["mon 08:00-10:00"] });
    expect(screen.getAllByRole("gridcell", { selected: true })).toHaveLength(2);
    const typed = screen.getByRole("textbox", { name: /^shifts/ });
    await userEvent.clear(typed);
    await userEvent.type(typed, "mon-fri 07:30-15:30, sun 20:00-08:00");
    await userEvent.tab();
    expect(screen.getAllByRole("gridcell", { selected: true })).toHaveLength(5 * 9 + 12 - 1);
    await userEvent.click(screen.getByText("forms.change"));
    const shifts = ["mon-fri 07:30-15:30", "sun 20:00-08:00"];
    expect(onDone).toHaveBeenCalledWith([{ edit: "add_roster", id: "day", shifts }]);
  });

  it("changes an edit and leaves the rest of it alone", async () => {
    const edit = { edit: "set_border_policy", asking_centre: "*", margin_s: 90 };
    const onDone = show(SET_BORDER, edit);
    const margin = screen.getByLabelText(/^margin_s/);
    await userEvent.clear(margin);
    await userEvent.type(margin, "120");
    await userEvent.click(screen.getByText("forms.change"));
    expect(onDone).toHaveBeenCalledWith([{ ...edit, margin_s: 120 }]);
  });
});
