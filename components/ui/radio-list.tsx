/** One of several sentences; native, so that a form sends it without a script. */
export function RadioList({
  legend,
  name,
  options,
}: {
  legend: string;
  name: string;
  options: { value: string; label: string }[];
}) {
  return (
    <fieldset>
      <legend className="mb-1 text-caption font-medium">{legend}</legend>
      {options.map(({ value, label }) => (
        <label
          key={value}
          className="-mx-2 flex cursor-pointer items-center gap-2.5 rounded-lg px-2 py-1.5 max-sm:min-h-10 text-sm hover:bg-muted"
        >
          <input type="radio" name={name} value={value} className="size-4 accent-foreground" />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
