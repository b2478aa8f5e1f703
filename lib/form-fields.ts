import "server-only";

/** The fields of a form as the user sent them: without those that Next adds to find its action. */
export function formFields(form: FormData): Record<string, unknown> {
  return Object.fromEntries([...form].filter(([name]) => !name.startsWith("$ACTION_")));
}
