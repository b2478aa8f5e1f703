/** React empties a form once its action has answered; after a refusal what was typed is still wanted. */
export const keepFields = (event: React.FormEvent) => event.preventDefault();
