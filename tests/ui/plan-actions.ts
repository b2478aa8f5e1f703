// Stand for what the browser asks of the server about a plan: vi.mock("@/lib/actions/plan", () => import("./plan-actions")).
import { vi } from "vitest";

export const cancelPlanAction = vi.fn();
export const changePlanAction = vi.fn();
export const keepPlanAction = vi.fn();
export const pausePlanAction = vi.fn();
export const unpausePlanAction = vi.fn();
