import { render, screen } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { Confirm } from "./Confirm.tsx";

it("has the safe answer under the fingers, and Escape means no", async () => {
  const [onYes, onNo] = [vi.fn(), vi.fn()];
  render(<Confirm text="Delete 2?" yes="Delete" onYes={onYes} onNo={onNo} />);
  const user = userEvent.setup();
  await user.keyboard("{Enter}");
  expect(onNo).toHaveBeenCalledTimes(1);
  await user.keyboard("{Escape}");
  expect(onNo).toHaveBeenCalledTimes(2);
  await user.click(screen.getByText("Delete"));
  expect(onYes).toHaveBeenCalledTimes(1);
});
