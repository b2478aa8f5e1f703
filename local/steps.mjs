// What is printed while the platform sets itself up. Plain JavaScript: bootstrap.mjs uses it before TypeScript can run.

const terminal = process.stdout.isTTY;
const indent = "  ";

/** @param {number} started */
function elapsed(started) {
  const ms = performance.now() - started;
  return ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** @param {string} line */
function print(line) {
  process.stdout.write(`${terminal ? "\r\x1b[K" : ""}${indent}${line}\n`);
}

/**
 * One line per step with a tick and its time; from the first second on, how long it has taken so far.
 * `judge` looks at a result that may be a failure without being an error, and may add a few words.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @param {(result: T) => { ok: boolean, note: string }} judge
 * @returns {Promise<T>}
 */
export async function step(name, work, judge = () => ({ ok: true, note: "" })) {
  const started = performance.now();
  let seconds = 0;
  const progress = setInterval(() => {
    seconds++;
    if (terminal) process.stdout.write(`\r\x1b[K${indent}… ${name}, ${seconds} s`);
    else if (seconds % 5 === 0) print(`… ${name}, ${seconds} s`);
  }, 1000);
  /** @param {boolean} ok @param {string} note */
  const done = (ok, note) =>
    print(`${ok ? "✔" : "✘"} ${name.padEnd(28)} ${elapsed(started).padStart(9)}  ${note}`.trimEnd());
  try {
    const result = await work();
    const { ok, note } = judge(result);
    done(ok, note);
    return result;
  } catch (error) {
    done(false, "");
    throw error;
  } finally {
    clearInterval(progress);
  }
}

/**
 * An error whose message says everything: it is shown without a stack.
 * @param {string} message
 */
export function refusal(message) {
  return Object.assign(new Error(message), { name: "Refusal" });
}

/** @param {unknown} error */
export function explain(error) {
  if (!(error instanceof Error)) return String(error);
  return error.name === "Refusal" ? error.message : (error.stack ?? error.message);
}
