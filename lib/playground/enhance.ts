import "server-only";
import { z } from "zod";
import { getUserOrThrow } from "@/lib/auth/get-user";
import { type Params, type Quote, quote } from "@/lib/credits/quote";
import { AppError } from "@/lib/errors";
import { getPictures, readPicture } from "@/lib/playground/pictures";
import { render } from "@/lib/playground/render";
import { oneRow } from "@/lib/supabase/rows";
import { serviceClient, userClient } from "@/lib/supabase/server";

export const OPERATION = "enhance_image";

/** Much longer than the work takes: a hold that nobody finishes gives its credits back after it. */
const HOLD_FOR = "2 minutes";

const Settings = z.record(z.string().min(1).max(40), z.union([z.string().min(1).max(40), z.number()]));
const Choice = z.strictObject({ picture: z.string(), settings: Settings });
const Job = Choice.extend({ taskId: z.string().regex(/^task-[0-9a-f-]{36}$/) });
type Job = z.infer<typeof Job>;

export type Enhancement =
  | {
      is: "done";
      image: string;
      width: number;
      height: number;
      taskId: string;
      charged: number;
      balance: number;
    }
  | { is: "short"; quote: Quote };

/** What would this enhancement cost? */
export async function quoteEnhancement(input: unknown): Promise<Quote> {
  await getUserOrThrow();
  return quote(OPERATION, params(parse(Choice, input)));
}

/**
 * Holds the price, works, then captures it: nothing is worked that cannot be paid, and nothing is paid
 * that was not worked. A job that fails releases its hold; one that is killed leaves a hold that ends by
 * itself. The key and the params name the job, so a key cannot buy a second one; sent again, it gets the
 * same result for the one charge.
 */
export async function enhance(input: unknown): Promise<Enhancement> {
  const { id } = await getUserOrThrow();
  const job = parse(Job, input);
  const hold = await placeHold(job);
  if (hold.shortfall > 0) return { is: "short", quote: await quote(OPERATION, params(job)) };
  if (!hold.success) throw new AppError("conflict", "jobUnfinished");
  const { jpeg, width, height } = await work(job).catch((cause) => giveBack(id, job, cause));
  const charge = await oneRow(serviceClient().rpc("capture_hold", { account_id: id, key: job.taskId }));
  return {
    is: "done",
    image: `data:image/jpeg;base64,${jpeg.toString("base64")}`,
    width,
    height,
    taskId: job.taskId,
    charged: charge.captured,
    balance: charge.balance_after,
  };
}

async function placeHold(job: Job) {
  const supabase = await userClient();
  return oneRow(
    supabase.rpc("place_hold", {
      operation: OPERATION,
      params: params(job),
      key: job.taskId,
      ttl: HOLD_FOR,
    }),
  );
}

async function work(job: Job) {
  return render(await readPicture(picture(job.picture)), job.settings);
}

/** Only what has come back may be said to cost nothing: else the key goes on standing for the job. */
async function giveBack(account: string, job: Job, cause: unknown): Promise<never> {
  const release = { account_id: account, key: job.taskId, reason: "The work failed" };
  await oneRow(serviceClient().rpc("release_hold", release)).catch(() => {
    throw new AppError("unavailable", undefined, { cause });
  });
  throw cause instanceof AppError ? cause : new AppError("failed", undefined, { cause });
}

function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new AppError("invalid", "settingsOnly");
}

function picture(key: string) {
  const found = getPictures().find((known) => known.key === key);
  if (!found) throw new AppError("unknown", "pictureGone");
  return found;
}

function params({ picture: key, settings }: z.infer<typeof Choice>): Params {
  return { ...settings, picture: picture(key).key };
}
