import "server-only";
import { z } from "zod";
import { getUserOrThrow } from "@/lib/auth/get-user";
import { type Params, type Quote, quote } from "@/lib/credits/quote";
import { AppError } from "@/lib/errors";
import { getPictures, readPicture } from "@/lib/playground/pictures";
import { render } from "@/lib/playground/render";
import { oneRow } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

export const OPERATION = "enhance_image";

const Settings = z.record(z.string().min(1).max(40), z.union([z.string().min(1).max(40), z.number()]));
const Choice = z.strictObject({ picture: z.string(), settings: Settings });
const Job = Choice.extend({ taskId: z.string().regex(/^task-[0-9a-f-]{36}$/) });

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
 * Works first, charges then, and hands over the result only if the charge succeeded: a job that fails
 * costs nothing. The key and the params name the job, so a key cannot buy a second one; sent again, it
 * gets the same result for the one charge.
 */
export async function enhance(input: unknown): Promise<Enhancement> {
  await getUserOrThrow();
  const job = parse(Job, input);
  const { jpeg, width, height } = await render(await readPicture(picture(job.picture)), job.settings);
  const charge = await consume(job);
  if (!charge.success) return { is: "short", quote: await quote(OPERATION, params(job)) };
  return {
    is: "done",
    image: `data:image/jpeg;base64,${jpeg.toString("base64")}`,
    width,
    height,
    taskId: job.taskId,
    charged: charge.deducted,
    balance: charge.balance_after,
  };
}

async function consume(job: z.infer<typeof Job>) {
  const supabase = await userClient();
  return oneRow(
    supabase.rpc("consume_credits", { operation: OPERATION, params: params(job), key: job.taskId }),
  );
}

function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new AppError("invalid", "An enhancement takes a picture and its settings, nothing else.");
}

function picture(key: string) {
  const found = getPictures().find((known) => known.key === key);
  if (!found) throw new AppError("unknown", "There is no such picture.");
  return found;
}

function params({ picture: key, settings }: z.infer<typeof Choice>): Params {
  return { ...settings, picture: picture(key).key };
}
