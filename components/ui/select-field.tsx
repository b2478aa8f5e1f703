import { control } from "@/components/ui/control";

type Option = { value: string | number; label: string };

/** One of several, when there are too many for chips. */
export function SelectField({
  label,
  options,
  ...props
}: React.ComponentProps<"select"> & { label: string; options: Option[] }) {
  return (
    <label className="block">
      <span className="mb-1.5 block text-caption font-medium">{label}</span>
      <select className={control} {...props}>
        {options.map(({ value, label: text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
