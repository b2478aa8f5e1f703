// Several players at once, each on a clone of its own.
import { makeClone } from "../support/clone.ts";
import { newPlayer, type Player } from "./play.ts";

// A duration or a date must not depend on where a session is: clocks change in three of these, by half an hour in the last.
const timeZones = ["UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe"];

export type Lane = { player: Player; end: () => Promise<void> };

/** The n-th lane of the cluster at this port. */
export async function openLane(port: number, n: number): Promise<Lane> {
  const clone = await makeClone(port, "tpl");
  const player = await newPlayer(clone.url, timeZones[n % timeZones.length] ?? "UTC");
  const end = async () => {
    await player.end();
    await clone.drop();
  };
  return { player, end };
}
