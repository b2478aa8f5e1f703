export function TextArea({ label, ...props }: React.ComponentProps<"textarea"> & { label: string }) {
  return (
    <label className="block">
      <span className="mb-1.5 block text-[13px] font-medium">{label}</span>
      <textarea
        rows={2}
        className="w-full rounded-lg border bg-card px-3 py-2 text-sm shadow-xs placeholder:text-muted-foreground/70"
        {...props}
      />
    </label>
  );
}
