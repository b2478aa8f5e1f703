type Option = { value: string | number; label: string };

/** One of several, when there are too many for chips. */
export function SelectField({
  label,
  options,
  ...props
}: React.ComponentProps<"select"> & { label: string; options: Option[] }) {
  return (
    <label className="block">
      <span className="mb-1.5 block text-[13px] font-medium">{label}</span>
      <select className="h-10 w-full rounded-lg border bg-card px-3 text-sm shadow-xs" {...props}>
        {options.map(({ value, label: text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
