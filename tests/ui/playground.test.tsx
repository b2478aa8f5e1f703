import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
// Loaded beforehand: the first load of a module takes longer here than a test waits.
import "@/components/playground/insufficient-dialog";
import { Playground } from "@/components/playground/playground";
import { enhanceAction, quoteAction } from "@/lib/actions/playground";
import type { PlaygroundData } from "@/lib/playground/get-playground";
import { render } from "./render";
import { pricing, quote } from "./samples";

vi.mock("@/lib/actions/billing", () => ({ checkoutAction: vi.fn(), portalAction: vi.fn() }));
vi.mock("@/lib/actions/playground", () => ({ quoteAction: vi.fn(), enhanceAction: vi.fn() }));
beforeEach(() => vi.resetAllMocks());
afterEach(cleanup);

const affordable = { ...quote, price: 60, balance: 100, leftAfter: 40, shortfall: 0 };
const data: PlaygroundData = {
  picture: { key: "lake", title: "Lake", src: "/lake.jpg", width: 1200, height: 800 },
  settings: [
    {
      parameter: "size",
      isRequired: true,
      choices: [
        { value: "draft", name: "Draft", credits: 0 },
        { value: "full", name: "Full size", credits: 140 },
      ],
    },
  ],
  quantities: [],
  suggested: { size: "draft" },
  quote: affordable,
  pricing,
};
const press = () => fireEvent.click(screen.getByRole("button", { name: /Enhance Image/ }));

test("the price is what the server answers for the chosen settings", async () => {
  vi.mocked(quoteAction).mockResolvedValue({ ok: true, data: quote });
  render(<Playground {...data} />);
  expect(screen.getByTestId("estimated-cost").textContent).toBe("60 credits");
  fireEvent.click(screen.getByRole("radio", { name: /Full size/ }));
  await waitFor(() => expect(screen.getByTestId("estimated-cost").textContent).toBe("200 credits"));
  expect(quoteAction).toHaveBeenCalledExactlyOnceWith({ picture: "lake", settings: { size: "full" } });
});

test("a quantity says what a unit costs, and counts once it is one on offer", async () => {
  vi.mocked(quoteAction).mockResolvedValue({ ok: true, data: quote });
  const quantity = {
    parameter: "retouching",
    isRequired: false,
    credits: 25,
    perUnits: 1,
    includedUnits: 0,
    minUnits: 0,
    maxUnits: 4,
    isWhole: true,
  };
  render(<Playground {...data} quantities={[quantity]} suggested={{ size: "draft", retouching: 0 }} />);
  expect(screen.getByText("+25 each")).toBeDefined();
  const field = screen.getByRole("spinbutton", { name: /^Retouching/ });
  for (const value of ["", "5", "-1", "1.5", "2"]) fireEvent.change(field, { target: { value } });
  await waitFor(() => expect(screen.getByTestId("estimated-cost").textContent).toBe("200 credits"));
  const settings = { size: "draft", retouching: 2 };
  expect(quoteAction).toHaveBeenCalledExactlyOnceWith({ picture: "lake", settings });
});

test("too few credits: needed, there, and two ways out, of which packs may be locked", async () => {
  render(<Playground {...data} quote={quote} />);
  press();
  const dialog = await screen.findByRole("dialog", { name: "Insufficient credits" });
  expect(dialog.textContent).toContain("requires 200 credits. You have 50 credits remaining");
  expect(screen.getByRole("button", { name: "Buy Credits" }).hasAttribute("disabled")).toBe(true);
  expect(enhanceAction).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole("button", { name: "Upgrade Plan" }));
  expect(await screen.findByRole("dialog", { name: "Choose a plan" }, { timeout: 10_000 })).toBeDefined();
});

test("with a plan the second way out is the packs", async () => {
  const packs = pricing.packs.map((pack) => ({ ...pack, state: "available" as const }));
  render(<Playground {...data} quote={quote} pricing={{ ...pricing, canTopUp: true, packs }} />);
  press();
  fireEvent.click(await screen.findByRole("button", { name: "Buy Credits" }));
  expect(screen.getByRole("button", { name: "Buy 500 credits" })).toBeDefined();
});

test.each([
  ["is lost on the way", () => Promise.reject(new TypeError("Failed to fetch"))],
  [
    "is that the service is away",
    () => Promise.resolve({ ok: false, error: { kind: "unavailable", message: "Away." } } as const),
  ],
])("a job whose answer %s is asked for again under the same key", async (_, answer) => {
  vi.mocked(enhanceAction).mockImplementation(answer);
  render(<Playground {...data} />);
  const button = () => screen.getByRole("button", { name: /Enhance Image/ });
  press();
  await waitFor(() => expect(enhanceAction).toHaveBeenCalledTimes(1));
  await waitFor(() => expect(button().getAttribute("aria-disabled")).toBe("false"));
  press();
  await waitFor(() => expect(enhanceAction).toHaveBeenCalledTimes(2));
  const [first, second] = vi.mocked(enhanceAction).mock.calls;
  expect(second).toEqual(first);
});

test("the result is compared with the original, and the charge is said", async () => {
  vi.mocked(quoteAction).mockResolvedValue({ ok: true, data: { ...affordable, balance: 40 } });
  vi.mocked(enhanceAction).mockResolvedValue({
    ok: true,
    data: {
      is: "done",
      image: "data:image/jpeg;base64,",
      width: 640,
      height: 427,
      taskId: "task-1",
      charged: 60,
      balance: 40,
    },
  });
  render(<Playground {...data} />);
  press();
  await screen.findByRole("img", { name: "Lake, enhanced" });
  expect(screen.getByRole("slider", { name: "Compare before and after" })).toBeDefined();
  expect(screen.getByRole("status").textContent).toContain("60 credits charged, 40 left");
});
