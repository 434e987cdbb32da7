import { useEffect, useId, useState } from "react";
import { Button } from "./button";
import { classesOf } from "./class_names";
import styles from "./copy_field.module.css";
import { designText } from "./design_text";
import { useText } from "./text";
import { useToast } from "./toast";

const css = classesOf(styles);
const copiedForMs = 2_000;

export interface CopyFieldProps {
  readonly value: string;
  readonly label: string;
  /** Breaks over lines instead of ending in an ellipsis. */
  readonly isWhole?: boolean;
}

/** A value to take along, and the button that copies it. */
export function CopyField({ value, label, isWhole = false }: CopyFieldProps) {
  const [isCopied, setCopied] = useState(false);
  const toast = useToast();
  const t = useText(designText);
  const id = useId();
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), copiedForMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch {
      toast({ text: t.copyFailed, tone: "warning" });
    }
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in.
    <div className={css("field")} role="group" aria-labelledby={id}>
      <span id={id} className={css("label")}>
        {label}
      </span>
      <div className={css("frame")}>
        <span className={css("value", !isWhole && "one_line")}>{value}</span>
        <Button size="s" variant="quiet" icon={isCopied ? "check" : "copy"} onPress={() => void copy()}>
          {isCopied ? t.copied : t.copy}
        </Button>
      </div>
      <span role="status" className="visually_hidden">
        {isCopied ? t.copied : ""}
      </span>
    </div>
  );
}
