/** A name in a stylesheet, or what stands for "not this one". */
type ClassName = string | false | null | undefined;

/**
 * Reads names from a CSS module: `const css = classesOf(styles); <div className={css("root", isActive && "active")} />`.
 * Always a string, so it fits wherever a class name is wanted; names that are unknown are left out.
 */
export function classesOf(styles: Readonly<Record<string, string>>): (...names: readonly ClassName[]) => string {
  return (...names) => {
    const found: string[] = [];
    for (const name of names) {
      const scoped = name ? styles[name] : undefined;
      if (scoped !== undefined) found.push(scoped);
    }
    return found.join(" ");
  };
}

/** Joins class names that are complete already. */
export function joinClasses(...names: readonly ClassName[]): string {
  return names.filter(Boolean).join(" ");
}
