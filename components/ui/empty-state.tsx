export function EmptyState({
  icon,
  title,
  children,
  action,
}: {
  icon: React.ReactNode;
  title: string;
  children?: React.ReactNode;
  action?: React.ReactNode;
}) {
  return (
    <div className="flex flex-col items-center px-4 py-10 text-center">
      <div className="mb-3 grid size-10 place-items-center rounded-full border bg-muted text-muted-foreground [&_svg]:size-4.5">
        {icon}
      </div>
      <p className="text-sm font-medium">{title}</p>
      {children && (
        <p className="mt-1 max-w-sm text-caption text-balance text-muted-foreground">{children}</p>
      )}
      {action && <div className="mt-4">{action}</div>}
    </div>
  );
}
